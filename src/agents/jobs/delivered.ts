import { JobNotFinished, NoResult } from '../contract/errors.js';
import type { Job } from './job.entity.js';

/** @throws JobNotFinished before the end, NoResult if it ended without one */
export function mustBeCompleted(job: Job): void {
  if (!job.hasEnded) throw new JobNotFinished(job.id, job.status);
  if (job.status !== 'completed') throw new NoResult(job.id, job.status, job.failure);
}
