import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { byStart, type RecordedSpan, toRecordedSpan } from './recorded-span.js';
import { SpanCounters } from './span-counters.js';
import { KEEP_ALL, problemOf, Sample, type Sampling } from './sampling.js';

/** Receives the spans of kept traces. */
export type SpanSink = (spans: readonly RecordedSpan[]) => void;

/** How many kept traces are remembered, so that their later spans are kept too. */
const REMEMBERED = 10_000;

/**
 * Holds the most recent spans in a ring buffer. Whether to keep a trace is often known only at its end, when it failed
 * or was slow; so its spans wait here and go to the sinks once any process decides to keep the trace. This happens in
 * passes over the ring, not when a span ends.
 */
export class RecentTraces implements SpanProcessor {
  private readonly ring: (RecordedSpan | undefined)[];
  /** By slot: whether the span was passed to the sinks. */
  private readonly isHandedOn: Uint8Array;
  private next = 0;
  /** The number of spans before `next` that no pass has seen. */
  private unseen = 0;
  /** Traces kept because of a problem. */
  private readonly kept = new Set<string>();
  private foundHere: string[] = [];
  private isRingToBeSearched = false;
  private readonly sinks: SpanSink[] = [];
  private tell: (traceIds: readonly string[]) => void = () => undefined;
  readonly counters = new SpanCounters();
  readonly sample: Sample;

  constructor(
    capacity = 10_000,
    private readonly sampling: Sampling = KEEP_ALL,
  ) {
    this.ring = Array.from({ length: capacity });
    this.isHandedOn = new Uint8Array(capacity);
    this.sample = new Sample(sampling.ratio, sampling.secret);
  }

  /** Passes the spans of kept traces to `sink`, one call per pass. */
  addSink(sink: SpanSink): void {
    this.sinks.push(sink);
  }

  /** Calls `tell` with the traces that this process found a reason to keep. */
  onKept(tell: (traceIds: readonly string[]) => void): void {
    this.tell = tell;
  }

  onStart(): void {}

  onEnd(ended: ReadableSpan): void {
    const span = toRecordedSpan(ended);
    const slot = this.next;
    if (this.ring[slot] !== undefined && this.isHandedOn[slot] === 0) this.counters.sampledOut += 1;
    this.ring[slot] = span;
    this.isHandedOn[slot] = 0;
    this.next = slot + 1 === this.ring.length ? 0 : slot + 1;
    this.counters.ended += 1;
    this.unseen += 1;
    const problem = problemOf(span, this.sampling.slowMs);
    if (problem && !this.isProblem(span.traceId)) {
      this.counters.problems[problem] += 1;
      this.remember(span.traceId);
      this.foundHere.push(span.traceId);
    }
    // Before unseen spans are overwritten.
    if (this.unseen >= this.ring.length / 2) this.pass();
  }

  /** Another process found a reason to keep these traces. */
  keep(traceIds: readonly string[]): void {
    for (const traceId of traceIds) if (!this.isProblem(traceId)) this.remember(traceId);
  }

  /** Whether the trace is kept because of a problem, as far as this process knows. */
  isProblem(traceId: string): boolean {
    return this.kept.has(traceId);
  }

  /** Announces new findings to other processes, and passes the spans of kept traces to the sinks. */
  pass(): void {
    if (this.foundHere.length > 0) this.tell(this.foundHere.splice(0));
    // After a new finding, search the whole ring; otherwise only the spans since the last pass.
    const count = this.isRingToBeSearched ? this.ring.length : this.unseen;
    this.isRingToBeSearched = false;
    this.unseen = 0;
    if (this.sinks.length === 0) return;
    const leaving = [];
    for (let at = 0, slot = this.back(count); at < count; at++, slot = slot + 1 === this.ring.length ? 0 : slot + 1) {
      const span = this.ring[slot];
      if (!span || this.isHandedOn[slot] === 1 || !this.isKept(span.traceId)) continue;
      this.isHandedOn[slot] = 1;
      leaving.push(span);
    }
    if (leaving.length > 0) for (const sink of this.sinks) sink(leaving);
  }

  /** The spans of a trace that are still in memory, in order of their start. */
  find(traceId: string): readonly RecordedSpan[] {
    return this.ring.filter((span): span is RecordedSpan => span?.traceId === traceId).toSorted(byStart);
  }

  forceFlush(): Promise<void> {
    this.pass();
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.forceFlush();
  }

  private isKept(traceId: string): boolean {
    return this.sample.has(traceId) || this.kept.has(traceId);
  }

  private remember(traceId: string): void {
    if (this.kept.size >= REMEMBERED) this.kept.delete(this.kept.values().next().value!);
    this.kept.add(traceId);
    // Spans of sampled traces are passed on anyway.
    if (!this.sample.has(traceId)) this.isRingToBeSearched = true;
  }

  /** The slot `count` before the next. */
  private back(count: number): number {
    return (this.next - count + this.ring.length) % this.ring.length;
  }
}
