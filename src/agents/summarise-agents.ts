import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { Agent, SILENCE_MS } from './agents/agent.entity.js';
import { AgentsSummaryView, GetAgentsSummary } from './contract/summary.js';
import { Job } from './jobs/job.entity.js';

@QueryHandler(GetAgentsSummary)
export class GetAgentsSummaryHandler implements IQueryHandler<GetAgentsSummary> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly clock: Clock,
  ) {}

  async execute() {
    const alive = new Date(this.clock.now().getTime() - SILENCE_MS);
    const counts = await this.jobs
      .createQueryBuilder('job')
      .select('job.status', 'status')
      .addSelect('COUNT(*)', 'count')
      .groupBy('job.status')
      .getRawMany<{ status: string; count: string | number }>();
    return AgentsSummaryView.of({
      agents: await this.agents.count(),
      agentsOnline: await this.agents.countBy({ lastSeenAt: MoreThan(alive) }),
      jobsByStatus: Object.fromEntries(counts.map(({ status, count }) => [status, Number(count)])),
    });
  }
}
