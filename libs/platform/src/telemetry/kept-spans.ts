import type { RecordedSpan } from './recorded-span.js';
import type { Sample } from './sampling.js';
import type { SpanCounters } from './span-counters.js';

/** Spans of kept traces, as fetched from a process. */
export interface KeptSpans {
  readonly spans: readonly RecordedSpan[];
  /** The ids of traces kept because of a problem. */
  readonly problems: readonly string[];
  /** Whether more spans are queued. */
  readonly more: boolean;
}

/** The limit of queued spans per kind; the process that stores them may be gone for good. */
const MAX_WAITING = 2_500;
const BATCH = 500;
/** The limit of JSON characters per response; a transport frame holds more. */
const BATCH_CHARACTERS = 1_000_000;
/** The part of the sample that is still accepted when half of the queue is full. */
const SCARCE = 1 / 16;

/**
 * Queues the spans of kept traces until the process that stores them fetches them. Traces kept only for the sample are
 * evicted first, whole traces by their position in the sample, so that every process keeps the same ones.
 */
export class KeptSpanQueue {
  private problems: RecordedSpan[] = [];
  private sampled: RecordedSpan[] = [];

  constructor(
    private readonly isProblem: (traceId: string) => boolean,
    private readonly sample: Sample,
    private readonly counters: SpanCounters,
  ) {}

  readonly take = (spans: readonly RecordedSpan[]): void => {
    for (const span of spans) {
      if (this.isProblem(span.traceId)) this.problems.push(span);
      else if (this.hasRoomFor(span.traceId)) this.sampled.push(span);
      else this.counters.dropped.store_queue += 1;
    }
    // In a storm of problems, the latest are more useful than the first.
    const excess = this.problems.length - MAX_WAITING;
    if (excess <= 0) return;
    this.counters.dropped.store_queue += excess;
    this.problems = this.problems.slice(excess);
  };

  /** Removes and returns a batch of spans as JSON, problems first. */
  fetch(): string {
    const spans: RecordedSpan[] = [];
    let characters = 0;
    for (const queue of [this.problems, this.sampled]) {
      let taken = 0;
      while (taken < queue.length && spans.length < BATCH && characters < BATCH_CHARACTERS) {
        const span = queue[taken++]!;
        characters += JSON.stringify(span.attributes).length;
        spans.push(span);
      }
      queue.splice(0, taken);
    }
    const problems = [...new Set(spans.map(({ traceId }) => traceId))].filter(this.isProblem);
    const answer: KeptSpans = { spans, problems, more: this.problems.length + this.sampled.length > 0 };
    return JSON.stringify(answer);
  }

  private hasRoomFor(traceId: string): boolean {
    const used = this.sampled.length / MAX_WAITING;
    if (used < 0.5) return true;
    return used < 1 && this.sample.has(traceId, SCARCE);
  }
}
