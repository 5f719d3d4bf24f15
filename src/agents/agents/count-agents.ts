import { requirePrincipal } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { CountAgents } from '../contract/agents.js';
import { Agent } from './agent.entity.js';

@QueryHandler(CountAgents)
export class CountAgentsHandler implements IQueryHandler<CountAgents> {
  constructor(@InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>) {}

  execute(): Promise<number> {
    return this.agents.countBy({ ownerId: requirePrincipal().subject, retiredAt: IsNull() });
  }
}
