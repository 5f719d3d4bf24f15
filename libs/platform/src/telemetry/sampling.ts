import { createHmac } from 'node:crypto';
import { type RecordedSpan, WAITS } from './recorded-span.js';

/** Which traces are kept. */
export interface Sampling {
  /** The share of all traces, from 0 to 1. */
  readonly ratio: number;
  /** A request that took at least so many milliseconds is kept in any case. */
  readonly slowMs: number;
  /** Shared by all processes of one system, so that they decide the same, and by nobody else. */
  readonly secret?: string;
}

export const KEEP_ALL: Sampling = { ratio: 1, slowMs: Infinity };

const RANGE = 2 ** 32;
/** Traces whose place is remembered: their spans come together. */
const REMEMBERED = 4_096;

/**
 * The traces that are kept although nothing went wrong in them. Every process decides the same by the id alone; but
 * callers may choose the id, so it is by a hash of it under the secret that they do not know.
 */
export class Sample {
  private readonly key: Buffer;
  /** From 0 to 1, by trace: it is in the sample when that is below the ratio. */
  private readonly places = new Map<string, number>();

  constructor(
    private readonly ratio: number,
    secret = '',
  ) {
    // Apart from whatever else the secret signs.
    this.key = createHmac('sha256', secret).update('trace sample').digest();
  }

  /** @param part of the sample, from 0 to 1: a greater one has all of a smaller one */
  has(traceId: string, part = 1): boolean {
    const ratio = this.ratio * part;
    if (ratio >= 1) return true;
    return ratio > 0 && this.placeOf(traceId) < ratio;
  }

  private placeOf(traceId: string): number {
    const known = this.places.get(traceId);
    if (known !== undefined) return known;
    const place = createHmac('sha256', this.key).update(traceId).digest().readUInt32BE() / RANGE;
    if (this.places.size >= REMEMBERED) this.places.delete(this.places.keys().next().value!);
    this.places.set(traceId, place);
    return place;
  }
}

/** Why the trace of this span is kept whatever the ratio says; undefined when the span is no reason. */
export function problemOf(span: RecordedSpan, slowMs: number): 'failed' | 'slow' | undefined {
  if (span.failed) return 'failed';
  if (span.root && span.durationMs >= slowMs && span.attributes[WAITS] !== true) return 'slow';
  return undefined;
}
