import { continueTrace, Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, Repository } from 'typeorm';
import { AgentsOfOffers } from '../agents/agents-of-offers.js';
import { JobChanges } from './job-changes.js';
import { Job } from './job.entity.js';

const BATCH = 200;

/**
 * Requeues lost jobs and expires late ones, each in its own unit of work, so that one failure does not block the rest.
 */
@Injectable()
export class SweepJobs implements OnApplicationBootstrap {
  private readonly logger = new Logger(SweepJobs.name);

  constructor(
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly changes: JobChanges,
    private readonly agents: AgentsOfOffers,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('sweep-jobs', { everyMs: 1000 }, () => this.sweep());
  }

  async sweep(): Promise<void> {
    const due = await this.jobs.find({
      select: { id: true, traceparent: true },
      where: { dueAt: LessThanOrEqual(this.clock.now()) },
      order: { dueAt: 'ASC' },
      take: BATCH,
    });
    for (const { id, traceparent } of due) {
      await continueTrace(traceparent ?? undefined, () => this.unitOfWork.run(() => this.apply(id))).catch(
        (error: unknown) => this.logger.error(`The time limit of job ${id} could not be applied`, error),
      );
    }
  }

  private async apply(jobId: string): Promise<void> {
    const job = await this.changes.find(jobId);
    if (!job) return;
    const now = this.clock.now();
    const isAlone = job.wasNeverTaken(now) && !(await this.sawAgent(job, now));
    await this.changes.save(job, isAlone ? job.expireAlone(now) : job.timePassed(now));
  }

  /** Whether an agent of the offer was online while the job waited. */
  private async sawAgent({ offerId, createdAt }: Job, now: Date): Promise<boolean> {
    const { lastSeenAt } = await this.agents.ofOffer(offerId, now);
    return lastSeenAt !== null && lastSeenAt >= createdAt;
  }
}
