import { ValidationFailed } from '@aitbc/modulith';
import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type AuditRecordView, ListAudit } from '../contract/audit.js';
import { StoredAuditRecord } from './audit-record.entity.js';

@QueryHandler(ListAudit)
export class ListAuditHandler implements IQueryHandler<ListAudit> {
  constructor(
    @InjectRepository(StoredAuditRecord, 'monitoring') private readonly records: Repository<StoredAuditRecord>,
  ) {}

  async execute({ actor, resource, action, from, to, ...page }: ListAudit): Promise<Page<AuditRecordView>> {
    const { cursor, limit = DEFAULT_PAGE_LIMIT } = page;
    const search = this.records.createQueryBuilder('record');
    if (actor) search.andWhere('record.actor = :actor', { actor });
    if (action) search.andWhere('record.action = :action', { action });
    if (from) search.andWhere('record.at >= :from', { from: from.getTime() });
    if (to) search.andWhere('record.at < :to', { to: to.getTime() });
    if (resource) {
      // LIKE would ignore case on SQLite. The databases count characters, not UTF-16 units.
      const prefix = { prefix: resource, characters: [...resource].length };
      search.andWhere('SUBSTR(record.resource, 1, :characters) = :prefix', prefix);
    }
    if (cursor) search.andWhere('record.sequence < :last', { last: lastOf(cursor) });
    const found = await search
      .orderBy('record.sequence', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const next = found.length > limit ? encodeCursor([shown.at(-1)!.sequence]) : null;
    return Page.of(
      shown.map((record) => record.toView()),
      next,
    );
  }
}

/** @throws ValidationFailed when it is the cursor of another list */
function lastOf(cursor: string): number {
  const [last] = decodeCursor(cursor);
  if (Number.isSafeInteger(last)) return last as number;
  throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page of the audit log' }]);
}
