import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { redact } from '../logging/redact.js';

/** A link to another trace. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** A finished span, as stored, exported and displayed. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** Whether it has no cause in this system: an external request, or work that started by itself. */
  readonly root: boolean;
  readonly name: string;
  readonly kind: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly failed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly SpanLink[];
  /** The process that recorded it; absent until it leaves that process. */
  readonly process?: string;
}

/** Marks requests that wait on purpose, so that they do not count as slow. */
export const WAITS = 'aitbc.waits';

/** By `SpanKind`. */
export const KINDS: readonly string[] = Object.values(SpanKind)
  .filter((each) => typeof each === 'string')
  .map((each) => each.toLowerCase());
const NO_LINKS: readonly SpanLink[] = [];

/** Copies the fields worth keeping, a fraction of the span: ten thousand whole spans burden the garbage collector. */
export function toRecordedSpan(span: ReadableSpan): RecordedSpan {
  const { traceId, spanId } = span.spanContext();
  const parent = span.parentSpanContext;
  return {
    traceId,
    spanId,
    parentSpanId: parent?.spanId,
    root: !parent || (span.kind === SpanKind.SERVER && parent.isRemote === true),
    name: span.name,
    kind: KINDS[span.kind]!,
    startedAt: hrTimeToMilliseconds(span.startTime),
    durationMs: hrTimeToMilliseconds(span.duration),
    failed: span.status.code === SpanStatusCode.ERROR,
    attributes: span.events.length === 0 ? span.attributes : { ...span.attributes, ...exceptionOf(span) },
    links: span.links.length === 0 ? NO_LINKS : span.links.map(({ context }) => linkTo(context)),
  };
}

const linkTo = ({ traceId, spanId }: SpanLink): SpanLink => ({ traceId, spanId });

/** The last exception's message; it may quote its input. */
function exceptionOf({ events }: ReadableSpan): Record<string, unknown> {
  const exception = events.findLast(({ name }) => name === 'exception');
  const texts = Object.entries(exception?.attributes ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts.map(([name, text]) => [name, redact(text as string)]));
}

/** Sorts by start; of spans that started at the same instant, the enclosing one comes first. */
export function byStart(a: RecordedSpan, b: RecordedSpan): number {
  return a.startedAt - b.startedAt || b.durationMs - a.durationMs;
}
