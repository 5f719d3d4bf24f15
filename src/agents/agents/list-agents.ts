import { requirePrincipal } from '@aitbc/modulith';
import { Clock, decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListAgents } from '../contract/agents.js';
import { isOperator } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent } from './agent.entity.js';

@QueryHandler(ListAgents)
export class ListAgentsHandler implements IQueryHandler<ListAgents> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  async execute({ cursor, limit = DEFAULT_PAGE_LIMIT }: ListAgents) {
    const principal = requirePrincipal();
    const search = this.agents.createQueryBuilder('agent');
    if (!isOperator(principal)) search.andWhere('agent.ownerId = :me', { me: principal.subject });
    if (cursor) {
      const [createdAt, id] = decodeCursor(cursor);
      search.andWhere('(agent.createdAt < :createdAt OR (agent.createdAt = :createdAt AND agent.id < :id))', {
        createdAt: Number(createdAt),
        id: String(id),
      });
    }
    const found = await search
      .orderBy('agent.createdAt', 'DESC')
      .addOrderBy('agent.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const next = found.length > limit && last ? encodeCursor([last.createdAt.getTime(), last.id]) : null;
    const now = this.clock.now();
    return Page.of(
      shown.map((agent) => toAgentView(agent, now)),
      next,
    );
  }
}
