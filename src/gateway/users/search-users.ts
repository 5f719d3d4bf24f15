import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { Cursors, DEFAULT_PAGE_LIMIT, normalEmail, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type AccountView, SearchUsers } from '../contract/index.js';
import { isOperator } from './account-changes.js';
import { toAccountView, User } from './user.entity.js';

const CURSORS = new Cursors('gateway.users', 'id');

@QueryHandler(SearchUsers)
export class SearchUsersHandler implements IQueryHandler<SearchUsers> {
  constructor(@InjectRepository(User, 'gateway') private readonly users: Repository<User>) {}

  async execute(asked: SearchUsers): Promise<Page<AccountView>> {
    const { email, role, locked, limit = DEFAULT_PAGE_LIMIT } = asked;
    if (!isOperator(requirePrincipal())) throw new Forbidden();
    const search = this.users.createQueryBuilder('user');
    if (email) {
      const literally = normalEmail(email).replaceAll(/[\\%_]/g, '\\$&');
      search.andWhere(`user.email LIKE :part ESCAPE '\\'`, { part: `%${literally}%` });
    }
    if (role) search.andWhere('user.roles LIKE :role', { role: `%"${role}"%` });
    if (locked !== undefined) search.andWhere(`user.lockedAt IS ${locked ? 'NOT NULL' : 'NULL'}`);
    const [last] = CURSORS.position(asked) ?? [];
    if (last) search.andWhere('user.id < :last', { last });
    // Ids are UUIDv7: they sort by registration.
    const found = await search
      .orderBy('user.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map(toAccountView),
      CURSORS.next(asked, found, limit, ({ id }) => [id]),
    );
  }
}
