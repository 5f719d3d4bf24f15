import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';

/** A finished span as the admin view shows it. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Traces that this span is linked to. */
  readonly links: readonly string[];
}

/** Keeps the last spans in memory, in a ring: what is older is overwritten. */
export class RecentTraces implements SpanProcessor {
  private readonly ring: (RecordedSpan | undefined)[];
  private next = 0;

  constructor(capacity = 10_000) {
    this.ring = Array.from({ length: capacity });
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    this.ring[this.next] = toRecordedSpan(span);
    this.next = (this.next + 1) % this.ring.length;
  }

  /** The spans of a trace that are still kept, in the order of their start. */
  find(traceId: string): readonly RecordedSpan[] {
    return (
      this.ring
        .filter((span): span is RecordedSpan => span?.traceId === traceId)
        // What began at the same instant: the one around the others first.
        .sort((a, b) => a.startedAt - b.startedAt || b.durationMs - a.durationMs)
    );
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}

const KINDS = Object.values(SpanKind)
  .filter((each) => typeof each === 'string')
  .map((each) => each.toLowerCase());
const NO_LINKS: readonly string[] = [];

/** What is worth keeping, which is a fraction of the span: ten thousand whole ones burden the garbage collector. */
function toRecordedSpan(span: ReadableSpan): RecordedSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    name: span.name,
    kind: KINDS[span.kind]!,
    startedAt: hrTimeToMilliseconds(span.startTime),
    durationMs: hrTimeToMilliseconds(span.duration),
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: span.attributes,
    links: span.links.length === 0 ? NO_LINKS : span.links.map((link) => link.context.traceId),
  };
}
