import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListAgents } from '../contract/agents.js';
import { isOperator } from './agent-access.js';
import { toAgentView } from './agent-view.js';
import { Agent, SILENCE_MS } from './agent.entity.js';

const CURSORS = new Cursors('agents.agents', 'moment', 'id');

@QueryHandler(ListAgents)
export class ListAgentsHandler implements IQueryHandler<ListAgents> {
  constructor(
    @InjectRepository(Agent, 'agents') private readonly agents: Repository<Agent>,
    private readonly clock: Clock,
  ) {}

  async execute(asked: ListAgents) {
    const { ownerId, status, limit = DEFAULT_PAGE_LIMIT } = asked;
    const principal = requirePrincipal();
    const search = this.agents.createQueryBuilder('agent');
    if (!isOperator(principal)) search.andWhere('agent.ownerId = :me', { me: principal.subject });
    if (ownerId) search.andWhere('agent.ownerId = :ownerId', { ownerId });
    const now = this.clock.now();
    search.andWhere(`agent.retiredAt IS ${status === 'retired' ? 'NOT NULL' : 'NULL'}`);
    if (status === 'online' || status === 'offline') {
      const isOnline = 'agent.lastSeenAt IS NOT NULL AND agent.lastSeenAt > :alive';
      const alive = now.getTime() - SILENCE_MS;
      search.andWhere(status === 'online' ? isOnline : `NOT (${isOnline})`, { alive });
    }
    const last = CURSORS.position(asked);
    if (last) {
      const [createdAt, id] = last;
      search.andWhere('(agent.createdAt < :createdAt OR (agent.createdAt = :createdAt AND agent.id < :id))', {
        createdAt: createdAt.getTime(),
        id,
      });
    }
    const found = await search
      .orderBy('agent.createdAt', 'DESC')
      .addOrderBy('agent.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((agent) => toAgentView(agent, now)),
      CURSORS.next(asked, found, limit, ({ createdAt, id }) => [createdAt, id]),
    );
  }
}
