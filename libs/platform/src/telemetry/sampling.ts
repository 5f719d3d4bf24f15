import { createHmac } from 'node:crypto';
import { type RecordedSpan, WAITS } from './recorded-span.js';

/** Decides which traces are kept. */
export interface Sampling {
  /** The share of all traces to keep, from 0 to 1. */
  readonly ratio: number;
  /** Requests that take at least this many milliseconds are always kept. */
  readonly slowMs: number;
  /** Shared by the processes of a system, so that they decide alike, and otherwise secret. */
  readonly secret?: string;
}

export const KEEP_ALL: Sampling = { ratio: 1, slowMs: Infinity };

const RANGE = 2 ** 32;
/** The number of cached positions: a trace's spans arrive close together. */
const REMEMBERED = 4_096;

/**
 * Selects traces to keep that had no problem. Every process decides alike from the id alone; since callers may choose
 * the id, the decision uses a keyed hash of it.
 */
export class Sample {
  private readonly key: Buffer;
  /** Positions from 0 to 1, by trace: a trace is sampled if its position is below the ratio. */
  private readonly places = new Map<string, number>();

  constructor(
    private readonly ratio: number,
    secret = '',
  ) {
    // A separate key from the secret's other uses.
    this.key = createHmac('sha256', secret).update('trace sample').digest();
  }

  /** @param part a part of the sample, from 0 to 1: a larger part includes every smaller one */
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

/** Why this span's trace is kept regardless of the ratio; undefined if there is no reason. */
export function problemOf(span: RecordedSpan, slowMs: number): 'failed' | 'slow' | undefined {
  if (span.failed) return 'failed';
  if (span.root && span.durationMs >= slowMs && span.attributes[WAITS] !== true) return 'slow';
  return undefined;
}
