import { type Attributes, context as otel, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { DomainError } from '../contract/errors.js';

const tracer = trace.getTracer('modulith');

/** Runs `work` in a span; a rejection that callers can rely on is an outcome, anything else an error. */
export async function inSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  const span = tracer.startSpan(name, { attributes });
  try {
    return await otel.with(trace.setSpan(otel.active(), span), work);
  } catch (error) {
    failSpan(span, error);
    throw error;
  } finally {
    span.end();
  }
}

function failSpan(span: Span, error: unknown): void {
  if (error instanceof DomainError && error.kind !== 'internal') {
    span.setAttribute('error.type', error.code);
    return;
  }
  span.recordException(error as Error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}
