import { Forbidden, requirePrincipal, ValidationFailed } from '@aitbc/modulith';
import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { isUUID } from 'class-validator';
import { Repository } from 'typeorm';
import { type AccountView, SearchUsers } from '../contract/index.js';
import { isOperator } from './account-changes.js';
import { normalEmail, toAccountView, User } from './user.entity.js';

@QueryHandler(SearchUsers)
export class SearchUsersHandler implements IQueryHandler<SearchUsers> {
  constructor(@InjectRepository(User, 'gateway') private readonly users: Repository<User>) {}

  async execute({ email, role, locked, cursor, limit = DEFAULT_PAGE_LIMIT }: SearchUsers): Promise<Page<AccountView>> {
    if (!isOperator(requirePrincipal())) throw new Forbidden();
    const search = this.users.createQueryBuilder('user');
    if (email) {
      const literally = normalEmail(email).replaceAll(/[\\%_]/g, '\\$&');
      search.andWhere(`user.email LIKE :part ESCAPE '\\'`, { part: `%${literally}%` });
    }
    if (role) search.andWhere('user.roles LIKE :role', { role: `%"${role}"%` });
    if (locked !== undefined) search.andWhere(`user.lockedAt IS ${locked ? 'NOT NULL' : 'NULL'}`);
    if (cursor) search.andWhere('user.id < :last', { last: lastOf(cursor) });
    // Ids are UUIDv7: their order is the order of the registrations.
    const found = await search
      .orderBy('user.id', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const next = found.length > limit ? encodeCursor([shown.at(-1)!.id]) : null;
    return Page.of(shown.map(toAccountView), next);
  }
}

/** @throws ValidationFailed when it is the cursor of another list */
function lastOf(cursor: string): string {
  const [last] = decodeCursor(cursor);
  if (isUUID(last)) return last as string;
  throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page of users' }]);
}
