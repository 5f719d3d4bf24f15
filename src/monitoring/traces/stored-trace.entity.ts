import type { RecordedSpan } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const MAX_NAME = 200;
/** Milliseconds by which a span that something caused counts as later than one at the top, which is the better name. */
const NOT_AT_TOP = 1e14;

/** A trace as lists show it. Its spans come from several processes, and some long after the others. */
@Entity('monitoring_traces')
export class StoredTrace {
  @PrimaryColumn({ name: 'trace_id', type: 'varchar', length: 32 }) traceId: string;
  @Column({ type: 'varchar', length: MAX_NAME }) name: string;
  /** Which span the trace is called by: the least of them, by its start in milliseconds. */
  @Column({ name: 'named_at', type: 'double precision' }) namedAt: number;
  @Index('monitoring_traces_by_start')
  @Column({ name: 'started_at', type: 'double precision' })
  startedAt: number;
  @Column({ name: 'ended_at', type: 'double precision' }) endedAt: number;
  /** Of the span by which it is called. */
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
