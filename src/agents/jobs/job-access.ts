import type { Principal } from '@aitbc/modulith';
import { isOperator } from '../agents/agent-access.js';
import { JobNotFound } from '../contract/errors.js';
import type { Job } from './job.entity.js';

/** @throws JobNotFound for anybody but the job's client: that it exists is the client's business */
export function mustBeClient(job: Job | null, { subject }: Principal, jobId: string): Job {
  if (job?.clientId !== subject) throw new JobNotFound(jobId);
  return job;
}

/** Its client and operators may. @throws JobNotFound */
export function mustBeReader(job: Job | null, principal: Principal, jobId: string): Job {
  return job && isOperator(principal) ? job : mustBeClient(job, principal, jobId);
}

/**
 * Its provider sees what runs on their GPU, and the receipt that proves what was delivered; what the client sent and got
 * stays the client's. @throws JobNotFound
 */
export function mustBeParty(job: Job | null, principal: Principal, jobId: string): Job {
  return job?.providerId === principal.subject ? job : mustBeReader(job, principal, jobId);
}
