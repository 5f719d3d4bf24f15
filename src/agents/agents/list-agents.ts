import { requirePrincipal } from '@aitbc/modulith';
import { Clock, decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListAgents } from '../contract/agents.js';
import { isOperator } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent, SILENCE_MS } from './agent.entity.js';

@QueryHandler(ListAgents)
export class ListAgentsHandler implements IQueryHandler<ListAgents> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  async execute({ ownerId, status, cursor, limit = DEFAULT_PAGE_LIMIT }: ListAgents) {
    const principal = requirePrincipal();
    const search = this.agents.createQueryBuilder('agent');
    if (!isOperator(principal)) search.andWhere('agent.ownerId = :me', { me: principal.subject });
    if (ownerId) search.andWhere('agent.ownerId = :ownerId', { ownerId });
    const now = this.clock.now();
    if (status) {
      const isOnline = 'agent.lastSeenAt IS NOT NULL AND agent.lastSeenAt > :alive';
      const alive = now.getTime() - SILENCE_MS;
      search.andWhere(status === 'online' ? isOnline : `NOT (${isOnline})`, { alive });
    }
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
    return Page.of(
      shown.map((agent) => toAgentView(agent, now)),
      next,
    );
  }
}
