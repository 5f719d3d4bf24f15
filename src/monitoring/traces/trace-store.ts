import { UnitOfWork } from '@aitbc/modulith';
import type { RecordedSpan } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import { StoredSpan } from './stored-span.entity.js';
import { StoredTrace } from './stored-trace.entity.js';
import { TraceSubject } from './trace-subject.entity.js';

/** Rows per statement: each statement costs a thread hop with sqlite3, and the number of bound values is limited. */
const ROWS = 500;

/** How many traces are kept, and for how long. */
export interface Retention {
  readonly traces: number;
  readonly spans: number;
  readonly milliseconds: number;
}

export const RETENTION: Retention = { traces: 20_000, spans: 500_000, milliseconds: 7 * 24 * 60 * 60 * 1000 };

/** The traces in monitoring's tables. */
@Injectable()
export class TraceStore {
  constructor(
    @InjectRepository(StoredTrace, 'monitoring') private readonly traces: Repository<StoredTrace>,
    @InjectRepository(StoredSpan, 'monitoring') private readonly spans: Repository<StoredSpan>,
    @InjectRepository(TraceSubject, 'monitoring') private readonly subjects: Repository<TraceSubject>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Adds spans to their traces. */
  async add(spans: readonly RecordedSpan[]): Promise<void> {
    if (spans.length === 0) return;
    await this.unitOfWork.run(async () => {
      const traces = await this.withThese(spans);
      for (const chunk of chunksOf(traces)) await this.traces.upsert(chunk, ['traceId']);
      const rows = spans.map(({ traceId, spanId, ...rest }) => ({
        traceId,
        spanId,
        span: { traceId, spanId, ...rest },
      }));
      for (const chunk of chunksOf(rows)) await insertNew(this.spans, chunk);
      const subjects = spans.flatMap((span) => TraceSubject.of(span));
      for (const chunk of chunksOf(onceEach(subjects))) await insertNew(this.subjects, chunk);
    });
  }

  /** The stored spans of a trace. */
  async spansOf(traceId: string): Promise<RecordedSpan[]> {
    return (await this.spans.findBy({ traceId })).map(({ span }) => span);
  }

  /** Deletes expired traces, and the oldest beyond the limits. */
  async prune(now: Date, { traces, spans, milliseconds }: Retention = RETENTION): Promise<void> {
    const startedAt = LessThan(now.getTime() - milliseconds);
    const tooOld = () => this.traces.find({ where: { startedAt }, select: { traceId: true }, take: ROWS });
    for (let found = await tooOld(); found.length > 0; found = await tooOld()) await this.delete(found);
    for (let excess = await this.excess(traces, spans); excess.length > 0; excess = await this.excess(traces, spans)) {
      await this.delete(excess);
    }
  }

  private async withThese(spans: readonly RecordedSpan[]): Promise<StoredTrace[]> {
    const traces = new Map<string, StoredTrace>();
    const ids = [...new Set(spans.map(({ traceId }) => traceId))];
    for (const chunk of chunksOf(ids)) {
      for (const trace of await this.traces.findBy({ traceId: In(chunk) })) traces.set(trace.traceId, trace);
    }
    for (const span of spans) {
      const trace = traces.get(span.traceId) ?? StoredTrace.begin(span);
      trace.add(span);
      traces.set(span.traceId, trace);
    }
    return [...traces.values()];
  }

  /** A batch of the oldest traces, if there are too many traces or spans. */
  private async excess(maxTraces: number, maxSpans: number): Promise<Pick<StoredTrace, 'traceId'>[]> {
    const count = await this.traces.count();
    const sum = (await this.traces.sum('spanCount')) ?? 0;
    const tooMany = sum > maxSpans ? Math.max(1, Math.ceil(count * (1 - maxSpans / sum))) : 0;
    const take = Math.min(ROWS, Math.max(count - maxTraces, tooMany));
    if (take <= 0) return [];
    return this.traces.find({ order: { startedAt: 'ASC' }, select: { traceId: true }, take });
  }

  private async delete(traces: readonly Pick<StoredTrace, 'traceId'>[]): Promise<void> {
    const of = { traceId: In(traces.map(({ traceId }) => traceId)) };
    await this.unitOfWork.run(async () => {
      await this.spans.delete(of);
      await this.subjects.delete(of);
      await this.traces.delete(of);
    });
  }
}

async function insertNew<T extends object>(rows: Repository<T>, values: T[]): Promise<void> {
  await rows
    .createQueryBuilder()
    .insert()
    .values(values as never)
    .orIgnore()
    .execute();
}

function onceEach(subjects: readonly TraceSubject[]): TraceSubject[] {
  return [...new Map(subjects.map((each) => [`${each.traceId} ${each.subject}`, each])).values()];
}

function chunksOf<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / ROWS) }, (_, at) => all.slice(at * ROWS, (at + 1) * ROWS));
}
