import { context as otel, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { DomainError } from '../contract/errors.js';
import { NotApplied } from '../unit-of-work/not-applied.js';

const tracer = trace.getTracer('modulith');

/** Starts the span of a message's handling. */
export function startSpan(name: string, messageId: string): Span {
  return tracer.startSpan(name, { attributes: { 'messaging.message.id': messageId } });
}

/** What goes to another process: a call, which waits for its answer, or an event, which waits for being applied. */
export interface Sending {
  readonly name: string;
  readonly messageId: string;
  /** The stream that it goes into. */
  readonly destination: string;
  readonly kind: SpanKind.CLIENT | SpanKind.PRODUCER;
}

/** Starts the span of a message's way to another process and back. */
export function startSendSpan({ name, messageId, destination, kind }: Sending): Span {
  return tracer.startSpan(name, {
    kind,
    attributes: {
      'messaging.system': 'redis',
      'messaging.destination.name': destination,
      'messaging.operation.type': 'send',
      'messaging.operation.name': kind === SpanKind.CLIENT ? 'call' : 'deliver',
      'messaging.message.id': messageId,
    },
  });
}

/** An event that a handler of a module takes out of another's outbox, or its own's. */
export interface Consuming {
  readonly event: string;
  readonly handler: string;
  readonly module: string;
  readonly messageId: string;
  /** The aggregate that it is about. */
  readonly key: string;
}

/** Runs `work` in the span of an event's handling. */
export async function inEventSpan<T>(
  { event, handler, module, messageId, key }: Consuming,
  work: () => Promise<T>,
): Promise<T> {
  const span = tracer.startSpan(`event ${event} ${handler}`, {
    kind: SpanKind.CONSUMER,
    attributes: {
      'messaging.system': 'modulith',
      'messaging.destination.name': `${module}/events`,
      'messaging.operation.type': 'process',
      'messaging.operation.name': handler,
      'messaging.message.id': messageId,
      'modulith.event.key': key,
    },
  });
  try {
    return await otel.with(trace.setSpan(otel.active(), span), work);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** Where a unit of work took place. */
export interface UnitPlace {
  readonly module: string;
  readonly system: 'postgresql' | 'sqlite';
  /** The database, and the schema on Postgres. */
  readonly namespace: string;
}

/**
 * Shows a unit of work from its begin to its end, in the trace that it belongs to; work that is in none has no span.
 * @param openedAt by `performance.now()`
 */
export function showUnit({ module, system, namespace }: UnitPlace, openedAt: number, end: UnitEnd): void {
  if (openedAt === 0 || !trace.getSpan(otel.active())) return;
  const span = tracer.startSpan(`${end.operation} ${module}`, {
    kind: SpanKind.CLIENT,
    startTime: openedAt,
    attributes: { 'db.system.name': system, 'db.namespace': namespace, 'db.operation.name': end.operation },
  });
  if (end.published) span.setAttribute('modulith.outbox.published', end.published);
  // Whether it is a failure is for the span around it to say: a conflict is only tried again.
  if (end.error !== undefined) span.setAttribute('error.type', typeOf(end.error));
  span.end(performance.now());
}

export interface UnitEnd {
  readonly operation: 'COMMIT' | 'ROLLBACK';
  /** How many events it put into the outbox. */
  readonly published?: number;
  readonly error?: unknown;
}

/** A rejection that callers can rely on is an outcome, anything else an error. */
export function failSpan(span: Span, error: unknown): void {
  if (error instanceof NotApplied) return;
  span.setAttribute('error.type', typeOf(error));
  if (error instanceof DomainError && error.kind !== 'internal') return;
  span.recordException(error as Error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

function typeOf(error: unknown): string {
  if (error instanceof DomainError) return error.code;
  return error instanceof Error ? error.name : 'Error';
}
