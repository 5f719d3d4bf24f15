import type { RecordedSpan } from './recorded-span.js';
import type { SpanCounters } from './span-counters.js';

/** What a process hands over of the traces that are kept. */
export interface KeptSpans {
  readonly spans: readonly RecordedSpan[];
  /** Those among their traces that are kept for what happened in them. */
  readonly problems: readonly string[];
  /** Whether more waits. */
  readonly more: boolean;
}

/** Spans that wait to be fetched; past it the oldest are dropped: whoever stores them may be away for ever. */
const MAX_WAITING = 5_000;
const BATCH = 500;
/** Characters of JSON in one answer; a frame of the transport holds more. */
const BATCH_CHARACTERS = 1_000_000;

/** The spans of kept traces, until the process that stores them comes for them. */
export class KeptSpanQueue {
  private waiting: RecordedSpan[] = [];

  constructor(private readonly counters: SpanCounters) {}

  readonly take = (spans: readonly RecordedSpan[]): void => {
    const excess = this.waiting.length + spans.length - MAX_WAITING;
    if (excess > 0) {
      this.counters.dropped.store_queue += excess;
      this.waiting = [...this.waiting, ...spans].slice(excess);
    } else for (const span of spans) this.waiting.push(span);
  };

  /** Some of what waits as JSON, oldest first; it waits no longer. */
  fetch(isProblem: (traceId: string) => boolean): string {
    const spans: RecordedSpan[] = [];
    let characters = 0;
    for (const span of this.waiting.slice(0, BATCH)) {
      characters += JSON.stringify(span).length;
      if (characters > BATCH_CHARACTERS && spans.length > 0) break;
      spans.push(span);
    }
    this.waiting.splice(0, spans.length);
    const problems = [...new Set(spans.map(({ traceId }) => traceId))].filter(isProblem);
    const answer: KeptSpans = { spans, problems, more: this.waiting.length > 0 };
    return JSON.stringify(answer);
  }
}
