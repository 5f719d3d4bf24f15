import { requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { ListPasskeys, type PasskeyView } from '../contract/index.js';
import { Passkey } from './passkey.entity.js';

const CURSORS = new Cursors('gateway.passkeys', 'id');

@QueryHandler(ListPasskeys)
export class ListPasskeysHandler implements IQueryHandler<ListPasskeys> {
  constructor(@InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>) {}

  async execute(asked: ListPasskeys): Promise<Page<PasskeyView>> {
    const { limit = DEFAULT_PAGE_LIMIT } = asked;
    const [last] = CURSORS.position(asked) ?? [];
    const before = last === undefined ? {} : { id: LessThan(last) };
    // Ids are UUIDv7: they sort by creation.
    const found = await this.passkeys.find({
      where: { userId: requirePrincipal().subject, ...before },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((passkey) => passkey.toView()),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }
}
