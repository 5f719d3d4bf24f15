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
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Traces that this span is linked to. */
  readonly links: readonly string[];
}

/** Keeps the spans of the last traces in memory, bounded by traces and by spans. */
export class RecentTraces implements SpanProcessor {
  /** As they ended: put into words only when somebody looks. */
  private readonly traces = new Map<string, ReadableSpan[]>();
  private spans = 0;

  constructor(
    private readonly maxTraces = 2_000,
    private readonly maxSpans = 10_000,
    private readonly maxSpansPerTrace = 1_000,
  ) {}

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    const { traceId } = span.spanContext();
    const trace = this.traces.get(traceId) ?? [];
    if (trace.length >= this.maxSpansPerTrace) return;
    trace.push(span);
    // Set anew, so that the first entry is the trace that has been quiet for longest.
    this.traces.delete(traceId);
    this.traces.set(traceId, trace);
    this.spans += 1;
    while (this.traces.size > this.maxTraces || this.spans > this.maxSpans) this.forgetOldest();
  }

  /** The spans of a trace in the order of their start. */
  find(traceId: string): readonly RecordedSpan[] {
    const recorded = (this.traces.get(traceId) ?? []).map(toRecordedSpan);
    return recorded.sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime());
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  private forgetOldest(): void {
    const [id, spans] = this.traces.entries().next().value!;
    this.traces.delete(id);
    this.spans -= spans.length;
  }
}

function toRecordedSpan(span: ReadableSpan): RecordedSpan {
  const { traceId, spanId } = span.spanContext();
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    name: span.name,
    kind: SpanKind[span.kind].toLowerCase(),
    startedAt: new Date(hrTimeToMilliseconds(span.startTime)),
    durationMs: hrTimeToMilliseconds(span.duration),
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: { ...span.attributes },
    links: span.links.map((link) => link.context.traceId),
  };
}
