import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { hrTimeToMilliseconds } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { redact } from '../logging/redact.js';

/** The spans of another trace that this one belongs to or comes from. */
export interface SpanLink {
  readonly traceId: string;
  readonly spanId: string;
}

/** A finished span as it is kept, exported and shown. */
export interface RecordedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** Whether nothing in this system caused it: a request from outside, or work that began by itself. */
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

/** On spans of requests that wait on purpose, so that waiting is not taken for being slow. */
export const WAITS = 'aitbc.waits';

/** By `SpanKind`. */
export const KINDS: readonly string[] = Object.values(SpanKind)
  .filter((each) => typeof each === 'string')
  .map((each) => each.toLowerCase());
const NO_LINKS: readonly SpanLink[] = [];

/** What is worth keeping, which is a fraction of the span: ten thousand whole ones burden the garbage collector. */
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

/** What the last exception said; it may quote what it was given. */
function exceptionOf({ events }: ReadableSpan): Record<string, unknown> {
  const exception = events.findLast(({ name }) => name === 'exception');
  const texts = Object.entries(exception?.attributes ?? {}).filter(([, value]) => typeof value === 'string');
  return Object.fromEntries(texts.map(([name, text]) => [name, redact(text as string)]));
}

/** In the order of their start; of what began at the same instant, the one around the others first. */
export function byStart(a: RecordedSpan, b: RecordedSpan): number {
  return a.startedAt - b.startedAt || b.durationMs - a.durationMs;
}
