import { type Event, Forbidden, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { isOperator } from '../agents/agent-access.js';
import { AgentsAudited } from '../contract/audited.js';
import { JobNotFound, PartyCannotChangeJob } from '../contract/errors.js';
import { JobChanges } from './job-changes.js';
import type { Job } from './job.entity.js';

/** Applies operators' changes to jobs, and records them. Part of the caller's unit of work. */
@Injectable()
export class OperatorChanges {
  constructor(
    private readonly changes: JobChanges,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws Forbidden, JobNotFound, PartyCannotChangeJob, and the job's own errors */
  async apply(jobId: string, action: string, change: (job: Job, now: Date) => Event[]): Promise<Job> {
    const operator = requirePrincipal();
    if (!isOperator(operator)) throw new Forbidden();
    const job = await this.changes.find(jobId);
    if (!job) throw new JobNotFound(jobId);
    if (job.hasParty(operator.subject)) throw new PartyCannotChangeJob(jobId);
    const before = stateOf(job);
    await this.changes.save(job, change(job, this.clock.now()));
    this.events.publish(AgentsAudited.of({ resource: `agents.job ${jobId}`, action, before, after: stateOf(job) }));
    return job;
  }
}

function stateOf({ status, holderId, attempts, failure }: Job) {
  const lastFailure = attempts.at(-1)?.failure ?? null;
  return { status, holderId, attempts: attempts.length, lastFailure, failure };
}
