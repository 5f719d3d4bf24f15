import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { GetAgent } from '../contract/agents.js';
import { AgentNotFound } from '../contract/errors.js';
import { isAgent, isOperator, isOwner } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent } from './agent.entity.js';

@QueryHandler(GetAgent)
export class GetAgentHandler implements IQueryHandler<GetAgent> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  async execute({ agentId }: GetAgent) {
    const principal = requirePrincipal();
    const agent = await this.agents.findOneBy({ id: agentId });
    const mayRead = agent && (isAgent(principal, agentId) || isOwner(principal, agent) || isOperator(principal));
    if (!mayRead) throw new AgentNotFound(agentId);
    return toAgentView(agent, this.clock.now());
  }
}
