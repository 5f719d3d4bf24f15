import {
  type Context,
  context as otel,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Histogram, register } from 'prom-client';

const tracer = trace.getTracer('http');
const UNMATCHED = 'unmatched';
const METRIC = 'http_server_request_duration_seconds';

/** The semantic conventions' own; whatever else a client sends is one of them all the same. */
const KNOWN_METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

interface TracedRequest {
  readonly span: Span;
  readonly context: Context;
}

/**
 * Gives each request a server span that continues the caller's trace, and counts it by route template: what a caller
 * writes into a path never becomes a label.
 */
export function observeHttp(server: FastifyInstance): void {
  const traced = new WeakMap<FastifyRequest, TracedRequest>();
  register.removeSingleMetric(METRIC);
  const durations = new Histogram({
    name: METRIC,
    help: 'Time to answer HTTP requests, by route template',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  server.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url ?? UNMATCHED;
    if (isProbe(route)) return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const span = tracer.startSpan(
      `${request.method} ${route}`,
      {
        kind: SpanKind.SERVER,
        attributes: { 'http.request.method': request.method, 'http.route': route, 'http.request.id': request.id },
      },
      parent,
    );
    traced.set(request, { span, context: trace.setSpan(parent, span) });
    void reply.header('x-trace-id', span.spanContext().traceId);
    done();
  });
  // Reading the body leaves the asynchronous context of onRequest, so the span becomes active only behind it.
  server.addHook('preValidation', (request, _reply, done) => {
    const found = traced.get(request);
    if (found) otel.with(found.context, done);
    else done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const status = String(reply.statusCode);
    const labels = {
      http_request_method: KNOWN_METHODS.has(request.method) ? request.method : '_OTHER',
      http_route: request.routeOptions.url ?? UNMATCHED,
      http_response_status_code: status,
    };
    // A stream lasts for as long as somebody listens, which says nothing of how soon it was answered.
    if (!isStream(reply)) durations.observe(labels, reply.elapsedTime / 1_000);
    const span = traced.get(request)?.span;
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}

const isStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream');

const isProbe = (route: string) => route.startsWith('/health') || route === '/metrics';
