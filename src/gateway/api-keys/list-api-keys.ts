import { requirePrincipal } from '@aitbc/modulith';
import { Clock, Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { type ApiKeyView, ListApiKeys } from '../contract/index.js';
import { ApiKey, usableKeysOf } from './api-key.entity.js';

const CURSORS = new Cursors('gateway.api_keys', 'id');

@QueryHandler(ListApiKeys)
export class ListApiKeysHandler implements IQueryHandler<ListApiKeys> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async execute(asked: ListApiKeys): Promise<Page<ApiKeyView>> {
    const { limit = DEFAULT_PAGE_LIMIT } = asked;
    const [last] = CURSORS.position(asked) ?? [];
    const before = last === undefined ? {} : { id: LessThan(last) };
    // Ids are UUIDv7: they sort by creation.
    const found = await this.keys.find({
      where: { ...usableKeysOf(requirePrincipal().subject, this.clock.now()), ...before },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((key) => key.toView()),
      CURSORS.next(asked, found, limit, ({ id }) => [id!]),
    );
  }
}
