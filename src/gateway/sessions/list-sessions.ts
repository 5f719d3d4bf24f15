import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ListSessions, OpenSessionView } from '../contract/index.js';
import { RefreshToken } from './refresh-token.entity.js';
import { openOf } from './sessions.js';

const CURSORS = new Cursors('gateway.sessions', 'id');

@QueryHandler(ListSessions)
export class ListSessionsHandler implements IQueryHandler<ListSessions> {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    private readonly clock: Clock,
  ) {}

  async execute(asked: ListSessions): Promise<Page<OpenSessionView>> {
    const { current, limit = DEFAULT_PAGE_LIMIT } = asked;
    const [last] = CURSORS.position(asked) ?? [];
    const before = last === undefined ? {} : { familyId: LessThan(last) };
    // Ids are UUIDv7: they sort by sign-in.
    const found = await this.tokens.find({
      where: { ...openOf(requirePrincipal().subject, this.clock.now()), ...before },
      order: { familyId: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((token) => toView(token, current)),
      CURSORS.next(asked, found, limit, ({ familyId }) => [familyId]),
    );
  }
}

function toView({ familyId, signedInAt, issuedAt, origin, client, method, expiresAt }: RefreshToken, current?: string) {
  const use = { signedInAt, lastUsedAt: issuedAt, origin, client, method, expiresAt };
  return OpenSessionView.of({ id: familyId, current: familyId === current, ...use });
}
