import { byStart, type RecordedSpan } from '@aitbc/platform';

/** A span and its position in the waterfall. */
export interface PlacedSpan {
  readonly span: RecordedSpan;
  /** The number of its ancestors. */
  readonly depth: number;
  /** Milliseconds from the start of the trace. */
  readonly offsetMs: number;
  /** Milliseconds in which none of its children ran. */
  readonly selfMs: number;
}

/**
 * Orders the spans of a trace as a waterfall: each after its parent, siblings by start. A span whose parent is missing
 * is at the top level. The clocks of processes differ, so a child may seem to begin before its parent; asynchronous
 * work may end after it.
 */
export function waterfall(spans: readonly RecordedSpan[]): PlacedSpan[] {
  const sorted = spans.toSorted(byStart);
  const children = new Map<string, RecordedSpan[]>();
  const ids = new Set(sorted.map(({ spanId }) => spanId));
  const tops = sorted.filter(({ parentSpanId }) => parentSpanId === undefined || !ids.has(parentSpanId));
  for (const span of sorted) {
    const { parentSpanId } = span;
    if (parentSpanId === undefined || !ids.has(parentSpanId)) continue;
    const siblings = children.get(parentSpanId);
    if (siblings) siblings.push(span);
    else children.set(parentSpanId, [span]);
  }
  const began = sorted[0]?.startedAt ?? 0;
  const placed: PlacedSpan[] = [];
  const isPlaced = new Set<string>();
  const place = (top: RecordedSpan): void => {
    // No recursion: a chain may be as deep as a trace has spans.
    const waiting = [{ span: top, depth: 0 }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { span, depth } = next;
      if (isPlaced.has(span.spanId)) continue;
      isPlaced.add(span.spanId);
      const inside = children.get(span.spanId) ?? [];
      placed.push({ span, depth, offsetMs: span.startedAt - began, selfMs: selfTime(span, inside) });
      for (const child of inside.toReversed()) waiting.push({ span: child, depth: depth + 1 });
    }
  };
  for (const span of tops) place(span);
  // Parents in a cycle, possible only in forged spans: they must be shown all the same.
  for (const span of sorted) if (!isPlaced.has(span.spanId)) place(span);
  return placed;
}

function selfTime({ startedAt, durationMs }: RecordedSpan, inside: readonly RecordedSpan[]): number {
  const endedAt = startedAt + durationMs;
  let covered = 0;
  let until = startedAt;
  for (const child of inside) {
    const from = Math.max(child.startedAt, until);
    const to = Math.min(child.startedAt + child.durationMs, endedAt);
    if (to <= from) continue;
    covered += to - from;
    until = to;
  }
  return Math.max(0, durationMs - covered);
}

/** Milliseconds from the start of a trace to the end of its last span. */
export function spreadOf(spans: readonly RecordedSpan[]): number {
  const starts = spans.map(({ startedAt }) => startedAt);
  const ends = spans.map(({ startedAt, durationMs }) => startedAt + durationMs);
  return spans.length === 0 ? 0 : Math.max(...ends) - Math.min(...starts);
}
