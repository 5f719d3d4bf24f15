import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgentMetrics } from '../agent-metrics.js';
import { mustBeAgent } from '../agents/agent-access.js';
import { AttemptRef, TakeJob } from '../contract/attempts.js';
import { JobChanges } from './job-changes.js';
import { WaitingJobs } from './waiting-jobs.js';

@CommandHandler(TakeJob)
export class TakeJobHandler implements ICommandHandler<TakeJob> {
  constructor(
    private readonly waiting: WaitingJobs,
    private readonly changes: JobChanges,
    private readonly metrics: AgentMetrics,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId }: TakeJob) {
    mustBeAgent(requirePrincipal(), agentId);
    const now = this.clock.now();
    const job = await this.waiting.oldestFor(agentId, now);
    if (!job?.canBeTaken(now)) return undefined;
    await this.changes.save(job, job.assignTo(agentId, now));
    this.metrics.jobAssigned(now.getTime() - job.availableAt.getTime());
    return AttemptRef.of({ jobId: job.id, attempt: job.attempts.length });
  }
}
