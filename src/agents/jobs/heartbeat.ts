import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { mustBeAgent } from '../agents/agent-access.js';
import { Agent, SILENCE_MS } from '../agents/agent.entity.js';
import { Heartbeat, HeartbeatView } from '../contract/attempts.js';
import { AgentNotFound } from '../contract/errors.js';
import { Job } from './job.entity.js';

@CommandHandler(Heartbeat)
export class HeartbeatHandler implements ICommandHandler<Heartbeat> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    @InjectRepository(Job, 'agents') private readonly jobs: Repository<Job>,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId, attempts }: Heartbeat) {
    mustBeAgent(requirePrincipal(), agentId);
    const agent = await this.agents.findOneBy({ id: agentId });
    if (!agent || agent.isRetired) throw new AgentNotFound(agentId);
    const now = this.clock.now();
    agent.seen(now);
    await this.agents.save(agent);
    const named = attempts.length > 0 ? await this.jobs.findBy({ id: In(attempts.map(({ jobId }) => jobId)) }) : [];
    const isHeld = ({ jobId, attempt }: { jobId: string; attempt: number }) =>
      named.some((job) => job.id === jobId && job.isHeldBy(agentId, attempt));
    const held = attempts.filter(isHeld).map(({ jobId }) => jobId);
    for (const job of named.filter(({ id }) => held.includes(id))) {
      job.renewLease(now);
      await this.jobs.save(job);
    }
    const released = attempts.filter((attempt) => !isHeld(attempt));
    return HeartbeatView.of({ released, leaseSeconds: SILENCE_MS / 1000 });
  }
}
