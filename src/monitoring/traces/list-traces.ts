import { ValidationFailed } from '@aitbc/modulith';
import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListTraces, TraceSummaryView } from '../contract/index.js';
import { StoredTrace } from './stored-trace.entity.js';
import { TraceSubject } from './trace-subject.entity.js';

@QueryHandler(ListTraces)
export class ListTracesHandler implements IQueryHandler<ListTraces> {
  constructor(@InjectRepository(StoredTrace, 'monitoring') private readonly traces: Repository<StoredTrace>) {}

  async execute({ cursor, limit = DEFAULT_PAGE_LIMIT, ...wanted }: ListTraces): Promise<Page<TraceSummaryView>> {
    const search = this.search(wanted);
    if (cursor) {
      const [startedAt, traceId] = lastOf(cursor);
      search.andWhere('(trace.startedAt < :startedAt OR (trace.startedAt = :startedAt AND trace.traceId < :traceId))', {
        startedAt,
        traceId,
      });
    }
    const found = await search
      .orderBy('trace.startedAt', 'DESC')
      .addOrderBy('trace.traceId', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const last = shown.at(-1);
    const next = last && found.length > limit ? encodeCursor([last.startedAt, last.traceId]) : null;
    return Page.of(shown.map(toView), next);
  }

  private search({ name, status, minDurationMs, from, to, about }: Omit<ListTraces, 'cursor' | 'limit'>) {
    const search = this.traces.createQueryBuilder('trace');
    if (name !== undefined) {
      const part = name.toLowerCase().replaceAll(/[!%_]/g, '!$&');
      search.andWhere("LOWER(trace.name) LIKE :part ESCAPE '!'", { part: `%${part}%` });
    }
    if (status !== undefined) search.andWhere('trace.failed = :failed', { failed: status === 'error' });
    if (minDurationMs !== undefined) search.andWhere('trace.durationMs >= :minDurationMs', { minDurationMs });
    if (from !== undefined) search.andWhere('trace.startedAt >= :from', { from: from.getTime() });
    if (to !== undefined) search.andWhere('trace.startedAt < :to', { to: to.getTime() });
    if (about !== undefined) {
      const those = search.subQuery().select('subject.traceId').from(TraceSubject, 'subject');
      search.andWhere(`trace.traceId IN ${those.where('subject.subject = :about').getQuery()}`, { about });
    }
    return search;
  }
}

/** @throws ValidationFailed when it is the cursor of another list */
function lastOf(cursor: string): [number, string] {
  const [startedAt, traceId] = decodeCursor(cursor);
  if (typeof startedAt === 'number' && typeof traceId === 'string') return [startedAt, traceId];
  throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from a page of traces' }]);
}

function toView({ traceId, name, failed, startedAt, endedAt, durationMs, spanCount }: StoredTrace): TraceSummaryView {
  return TraceSummaryView.of({
    traceId,
    name,
    status: failed ? 'error' : 'ok',
    startedAt: new Date(startedAt),
    durationMs,
    spreadMs: endedAt - startedAt,
    spanCount,
  });
}
