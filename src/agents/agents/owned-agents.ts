import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { AgentView } from '../contract/agents.js';
import { AgentNotFound } from '../contract/errors.js';
import { isOwner } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent } from './agent.entity.js';

/** Changes by owners to their agents. Part of the caller's unit of work. */
@Injectable()
export class OwnedAgents {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  /** @throws AgentNotFound for callers other than the owner */
  async change(agentId: string, change: (agent: Agent, now: Date) => void): Promise<AgentView> {
    const agent = await this.agents.findOneBy({ id: agentId });
    if (!agent || !isOwner(requirePrincipal(), agent)) throw new AgentNotFound(agentId);
    const now = this.clock.now();
    change(agent, now);
    await this.agents.save(agent);
    return toAgentView(agent, now);
  }
}
