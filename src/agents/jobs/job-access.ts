import type { Principal } from '@aitbc/modulith';
import { isOperator } from '../agents/agent-access.js';
import { JobNotFound } from '../contract/errors.js';
import type { Job } from './job.entity.js';

/** @throws JobNotFound for callers other than the job's client: its existence is private to the client */
export function mustBeClient(job: Job | null, { subject }: Principal, jobId: string): Job {
  if (job?.clientId !== subject) throw new JobNotFound(jobId);
  return job;
}

/** Allows its client and operators. @throws JobNotFound */
export function mustBeReader(job: Job | null, principal: Principal, jobId: string): Job {
  return job && isOperator(principal) ? job : mustBeClient(job, principal, jobId);
}

/**
 * Allows its provider, too, to see what runs on their GPU and the receipt that proves the delivery; the client's input
 * and output stay private. @throws JobNotFound
 */
export function mustBeParty(job: Job | null, principal: Principal, jobId: string): Job {
  return job?.providerId === principal.subject ? job : mustBeReader(job, principal, jobId);
}
