import { context as otel, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { DomainError } from '../contract/errors.js';
import { NotApplied } from '../unit-of-work/not-applied.js';

const tracer = trace.getTracer('modulith');

/** Starts the span for handling a message. */
export function startSpan(name: string, messageId: string): Span {
  return tracer.startSpan(name, { attributes: { 'messaging.message.id': messageId } });
}

/**
 * A message sent to another process: a call, which waits for its answer, or an event, which waits until it is applied.
 */
export interface Sending {
  readonly name: string;
  readonly messageId: string;
  /** The target stream. */
  readonly destination: string;
  readonly kind: SpanKind.CLIENT | SpanKind.PRODUCER;
}

/** Starts the span for a round trip to another process. */
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

/** An event that a module's handler consumes from an outbox, of another module or its own. */
export interface Consuming {
  readonly event: string;
  readonly handler: string;
  readonly module: string;
  readonly messageId: string;
  /** The id of the aggregate. */
  readonly key: string;
}

/** Runs `work` in a span for handling an event. */
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

/** The database of a unit of work. */
export interface UnitPlace {
  readonly module: string;
  readonly system: 'postgresql' | 'sqlite';
  /** The database, and the schema on Postgres. */
  readonly namespace: string;
}

/**
 * Records a unit of work as a span of the current trace; without a current trace there is no span.
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
  // The enclosing span decides whether this is a failure: a conflict is only retried.
  if (end.error !== undefined) span.setAttribute('error.type', typeOf(end.error));
  span.end(performance.now());
}

export interface UnitEnd {
  readonly operation: 'COMMIT' | 'ROLLBACK';
  /** The number of events written to the outbox. */
  readonly published?: number;
  readonly error?: unknown;
}

/** A domain error is an outcome; anything else is an error. */
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
