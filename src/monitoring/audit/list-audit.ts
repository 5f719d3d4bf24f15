import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { type AuditRecordView, ListAudit } from '../contract/audit.js';
import { StoredAuditRecord } from './audit-record.entity.js';

const CURSORS = new Cursors('monitoring.audit', 'integer');

@QueryHandler(ListAudit)
export class ListAuditHandler implements IQueryHandler<ListAudit> {
  constructor(
    @InjectRepository(StoredAuditRecord, 'monitoring') private readonly records: Repository<StoredAuditRecord>,
  ) {}

  async execute(asked: ListAudit): Promise<Page<AuditRecordView>> {
    const { actor, resource, action, from, to, limit = DEFAULT_PAGE_LIMIT } = asked;
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
    const position = CURSORS.position(asked);
    if (position) search.andWhere('record.sequence < :last', { last: position[0] });
    const found = await search
      .orderBy('record.sequence', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map((record) => record.toView()),
      CURSORS.next(asked, found, limit, ({ sequence }) => [sequence]),
    );
  }
}
