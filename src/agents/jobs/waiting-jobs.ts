import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Agent } from '../agents/agent.entity.js';
import { AgentNotFound } from '../contract/errors.js';
import { Job } from './job.entity.js';

/** Finds work for agents. */
@Injectable()
export class WaitingJobs {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
  ) {}

  /**
   * The job that the agent would get now; null if none waits or the agent is at capacity.
   *
   * @throws AgentNotFound, KeyMissing
   */
  async oldestFor(agentId: string, now: Date): Promise<Job | null> {
    const agent = await this.agents.findOneBy({ id: agentId });
    if (!agent || agent.isRetired) throw new AgentNotFound(agentId);
    agent.mustHaveKey();
    const held = await this.jobs.countBy({ holderId: agentId });
    return held < agent.concurrency ? this.oldestOf(agent, now) : null;
  }

  private oldestOf({ offerIds, capabilities }: Agent, now: Date): Promise<Job | null> {
    return this.jobs
      .createQueryBuilder('job')
      .where('job.status = :status', { status: 'queued' })
      .andWhere('job.offerId IN (:...offerIds)', { offerIds })
      .andWhere('job.availableAt <= :now AND job.expiresAt > :now', { now: now.getTime() })
      .andWhere('job.kind IN (:...capabilities)', { capabilities })
      .orderBy('job.availableAt', 'ASC')
      .addOrderBy('job.id', 'ASC')
      .limit(1)
      .getOne();
  }
}
