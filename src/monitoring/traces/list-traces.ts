import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ListTraces, TraceSummaryView } from '../contract/index.js';
import { StoredTrace } from './stored-trace.entity.js';
import { TraceSubject } from './trace-subject.entity.js';

const CURSORS = new Cursors('monitoring.traces', 'moment', 'traceId');
/** A trace started by a request is named by its route. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

@QueryHandler(ListTraces)
export class ListTracesHandler implements IQueryHandler<ListTraces> {
  constructor(@InjectRepository(StoredTrace, 'monitoring') private readonly traces: Repository<StoredTrace>) {}

  async execute(asked: ListTraces): Promise<Page<TraceSummaryView>> {
    const { limit = DEFAULT_PAGE_LIMIT } = asked;
    const search = this.search(asked);
    const last = CURSORS.position(asked);
    if (last) {
      const [startedAt, traceId] = last;
      search.andWhere('(trace.startedAt < :startedAt OR (trace.startedAt = :startedAt AND trace.traceId < :traceId))', {
        startedAt: startedAt.getTime(),
        traceId,
      });
    }
    const found = await search
      .orderBy('trace.startedAt', 'DESC')
      .addOrderBy('trace.traceId', 'DESC')
      .take(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    return Page.of(
      shown.map(toView),
      CURSORS.next(asked, found, limit, ({ startedAt, traceId }) => [new Date(startedAt), traceId]),
    );
  }

  private search({
    name,
    status,
    minDurationMs,
    from,
    to,
    about,
    origin = 'requests',
  }: Omit<ListTraces, 'cursor' | 'limit'>) {
    const search = this.traces.createQueryBuilder('trace');
    if (name !== undefined) {
      const part = name.toLowerCase().replaceAll(/[!%_]/g, '!$&');
      search.andWhere("LOWER(trace.name) LIKE :part ESCAPE '!'", { part: `%${part}%` });
    }
    // A specific search covers traces of every origin.
    if (origin === 'requests' && name === undefined && about === undefined) {
      const named = METHODS.map((_, at) => `trace.name LIKE :method${at}`).join(' OR ');
      search.andWhere(`(${named})`, Object.fromEntries(METHODS.map((method, at) => [`method${at}`, `${method} /%`])));
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
