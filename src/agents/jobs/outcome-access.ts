import type { Principal } from '@aitbc/modulith';
import { JobNotFound } from '../contract/errors.js';
import type { Job } from './job.entity.js';

/** @throws JobNotFound for callers other than agents that held the job at some time */
export function mustHaveBeenGiven(job: Job | null, { subject, scopes }: Principal, jobId: string): Job {
  if (!job || !scopes.includes('agent') || !job.wasEverGivenTo(subject)) throw new JobNotFound(jobId);
  return job;
}
