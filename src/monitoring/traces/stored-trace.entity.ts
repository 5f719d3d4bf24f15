import type { RecordedSpan } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const MAX_NAME = 200;
/** Milliseconds added to the start of a span with a parent, so that a root span is preferred as the name. */
const NOT_AT_TOP = 1e14;

/** A trace as shown in lists. Its spans come from several processes, some long after the others. */
@Entity('monitoring_traces')
export class StoredTrace {
  @PrimaryColumn({ name: 'trace_id', type: 'varchar', length: 32 }) traceId: string;
  @Column({ type: 'varchar', length: MAX_NAME }) name: string;
  /** Selects the span that names the trace: the one with the least value, by its start in milliseconds. */
  @Column({ name: 'named_at', type: 'double precision' }) namedAt: number;
  @Index('monitoring_traces_by_start')
  @Column({ name: 'started_at', type: 'double precision' })
  startedAt: number;
  @Column({ name: 'ended_at', type: 'double precision' }) endedAt: number;
  /** Of the span that names the trace. */
  @Column({ name: 'duration_ms', type: 'double precision' }) durationMs: number;
  @Column({ type: 'boolean' }) failed: boolean;
  @Column({ name: 'span_count', type: 'integer' }) spanCount: number;

  static begin({ traceId }: RecordedSpan): StoredTrace {
    return Object.assign(new StoredTrace(), {
      traceId,
      name: '',
      namedAt: Number.MAX_SAFE_INTEGER,
      startedAt: Number.MAX_SAFE_INTEGER,
      endedAt: 0,
      durationMs: 0,
      failed: false,
      spanCount: 0,
    });
  }

  add(span: RecordedSpan): void {
    this.startedAt = Math.min(this.startedAt, span.startedAt);
    this.endedAt = Math.max(this.endedAt, span.startedAt + span.durationMs);
    this.failed ||= span.failed;
    this.spanCount += 1;
    const namedAt = span.startedAt + (span.root ? 0 : NOT_AT_TOP);
    if (namedAt < this.namedAt) {
      this.name = span.name.slice(0, MAX_NAME);
      this.namedAt = namedAt;
      this.durationMs = span.durationMs;
    }
  }
}
