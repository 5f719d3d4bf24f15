import { context as otel, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { DomainError } from '../contract/errors.js';

const tracer = trace.getTracer('modulith');

/** Starts the span of a message's handling. */
export function startSpan(name: string, messageId: string): Span {
  return tracer.startSpan(name, { attributes: { 'messaging.message.id': messageId } });
}

/** Starts the span of a message's way to another process and back. */
export function startSendSpan(name: string, messageId: string): Span {
  return tracer.startSpan(name, {
    kind: SpanKind.CLIENT,
    attributes: { 'messaging.system': 'redis', 'messaging.operation.type': 'send', 'messaging.message.id': messageId },
  });
}

/** Runs `work` in the span of a message's handling. */
export async function inSpan<T>(name: string, messageId: string, work: () => Promise<T>): Promise<T> {
  const span = startSpan(name, messageId);
  try {
    return await otel.with(trace.setSpan(otel.active(), span), work);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/** A rejection that callers can rely on is an outcome, anything else an error. */
export function failSpan(span: Span, error: unknown): void {
  if (error instanceof DomainError && error.kind !== 'internal') {
    span.setAttribute('error.type', error.code);
    return;
  }
  span.recordException(error as Error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
