import { type RecordedSpan, WAITS } from './recorded-span.js';

/** Which traces are kept. */
export interface Sampling {
  /** The share of all traces, from 0 to 1. */
  readonly ratio: number;
  /** A request that took at least so many milliseconds is kept in any case. */
  readonly slowMs: number;
}

export const KEEP_ALL: Sampling = { ratio: 1, slowMs: Infinity };

const DIGITS = 8;
const RANGE = 16 ** DIGITS;

/** Decided by the id alone, so that all processes decide the same. Its last digits are the random ones (W3C). */
export function isInSample(traceId: string, ratio: number): boolean {
  if (ratio >= 1) return true;
  return Number.parseInt(traceId.slice(-DIGITS), 16) < ratio * RANGE;
}

/** Why the trace of this span is kept whatever the ratio says; undefined when the span is no reason. */
export function problemOf(span: RecordedSpan, slowMs: number): 'failed' | 'slow' | undefined {
  if (span.failed) return 'failed';
  if (span.root && span.durationMs >= slowMs && span.attributes[WAITS] !== true) return 'slow';
  return undefined;
}
