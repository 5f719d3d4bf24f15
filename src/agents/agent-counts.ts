import { Clock, SparingRead, StatusCounts } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { Agent, SILENCE_MS } from './agents/agent.entity.js';
import type { JobStatus } from './contract/jobs.js';
import { Job } from './jobs/job.entity.js';

const OPEN: readonly JobStatus[] = ['queued', 'assigned', 'running'];
const ENDED: readonly JobStatus[] = ['completed', 'failed', 'cancelled', 'expired'];

/** Counts agents and jobs, for the overview and for Prometheus. */
@Injectable()
export class AgentCounts {
  private readonly counts: StatusCounts<JobStatus>;
  private readonly registered: SparingRead<number>;

  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly clock: Clock,
  ) {
    this.counts = new StatusCounts(jobs, OPEN, ENDED);
    this.registered = new SparingRead(() => agents.count());
  }

  all(): Promise<number> {
    return this.registered.get();
  }

  online(): Promise<number> {
    const alive = new Date(this.clock.now().getTime() - SILENCE_MS);
    return this.agents.countBy({ lastSeenAt: MoreThan(alive) });
  }

  /** The wait of the oldest job that an agent could take. */
  async longestWaitSeconds(): Promise<number> {
    const now = this.clock.now();
    // The first row by the index, where a minimum would scan all waiting jobs.
    const oldest = await this.jobs.findOne({
      select: { id: true, availableAt: true },
      where: { status: 'queued', expiresAt: MoreThan(now) },
      order: { availableAt: 'ASC' },
    });
    return oldest ? Math.max(0, now.getTime() - oldest.availableAt.getTime()) / 1_000 : 0;
  }

  jobsByStatus(): Promise<Record<JobStatus, number>> {
    return this.counts.get();
  }
}
