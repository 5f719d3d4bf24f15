import type { RecordedSpan } from './recorded-span.js';
import type { Sample } from './sampling.js';
import type { SpanCounters } from './span-counters.js';

/** What a process hands over of the traces that are kept. */
export interface KeptSpans {
  readonly spans: readonly RecordedSpan[];
  /** Those among their traces that are kept for what happened in them. */
  readonly problems: readonly string[];
  /** Whether more waits. */
  readonly more: boolean;
}

/** Spans of each kind that wait to be fetched; whoever stores them may be away for ever. */
const MAX_WAITING = 2_500;
const BATCH = 500;
/** Characters of JSON in one answer; a frame of the transport holds more. */
const BATCH_CHARACTERS = 1_000_000;
/** The part of the sample that is still taken in when half of the room is used up. */
const SCARCE = 1 / 16;

/**
 * The spans of kept traces, until the process that stores them comes for them. What is kept for the sample alone gives
 * way, trace by trace and by their place in it: so what is left of it is the same in every process.
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
    // The latest are of more use than the first of a storm.
    const excess = this.problems.length - MAX_WAITING;
    if (excess <= 0) return;
    this.counters.dropped.store_queue += excess;
    this.problems = this.problems.slice(excess);
  };

  /** Some of what waits as JSON, problems first; it waits no longer. */
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
