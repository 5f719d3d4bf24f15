import { Logger } from '@nestjs/common';
import {
  type Attributes,
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
import { codeAnswered } from '../http/problem-codes.js';
import { type RouteTemplate, routeTemplate } from '../http/routes.js';
import { WAITS } from './recorded-span.js';

const tracer = trace.getTracer('http');
const UNMATCHED = 'unmatched';
const METRIC = 'http_server_request_duration_seconds';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HOST = /^[\w.:[\]-]{1,255}$/;

/** The methods of the semantic conventions; all others are reported as one. */
const KNOWN_METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

interface TracedRequest {
  readonly span: Span;
  readonly context: Context;
}

export interface HttpTelemetryOptions {
  /** Routes that wait on purpose, such as long polls: their duration is no reason to keep a trace. */
  readonly waiting?: ReadonlySet<RouteTemplate>;
  /** Problem codes that are returned on purpose: counted with `error_type`, but not as failures. */
  readonly intended?: ReadonlySet<string>;
}

/**
 * Gives each request a server span that continues the caller's trace, counts it by route template, and logs failures. A
 * caller's path never becomes a label, a name or a log line.
 */
export function observeHttp(
  server: FastifyInstance,
  { waiting = new Set(), intended = new Set() }: HttpTelemetryOptions = {},
): void {
  const traced = new WeakMap<FastifyRequest, TracedRequest>();
  const logger = new Logger('Http');
  register.removeSingleMetric(METRIC);
  const durations = new Histogram({
    name: METRIC,
    help: 'Time to answer HTTP requests, by route template',
    labelNames: ['http_request_method', 'http_route', 'http_response_status_code', 'error_type'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });
  server.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (route && isProbe(route)) return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const span = tracer.startSpan(
      route ? `${request.method} ${route}` : request.method,
      { kind: SpanKind.SERVER, attributes: attributesOf(request, route) },
      parent,
    );
    if (waiting.has(routeTemplate(request.method, route ?? ''))) span.setAttribute(WAITS, true);
    traced.set(request, { span, context: trace.setSpan(parent, span) });
    void reply.header('x-trace-id', span.spanContext().traceId);
    done();
  });
  // Reading the body leaves the asynchronous context of onRequest, so the span is activated after it.
  server.addHook('preValidation', (request, _reply, done) => {
    const found = traced.get(request);
    if (found) otel.with(found.context, done);
    else done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    const code = codeAnswered(reply);
    const labels = {
      http_request_method: KNOWN_METHODS.has(request.method) ? request.method : '_OTHER',
      http_route: request.routeOptions.url ?? UNMATCHED,
      http_response_status_code: String(reply.statusCode),
      ...(code !== undefined && intended.has(code) ? { error_type: code } : {}),
    };
    // A stream lasts as long as its client listens, which says nothing about the response time.
    if (!isStream(reply)) durations.observe(labels, reply.elapsedTime / 1_000);
    const found = traced.get(request);
    if (found) end(found.span, reply);
    if (reply.statusCode >= 500) logger.warn(lineOf(request, reply, found?.span));
    done();
  });
}

/** OpenTelemetry's semantic conventions; without path, query and address, which are personal data. */
function attributesOf(request: FastifyRequest, route: string | undefined): Attributes {
  const attributes: Attributes = {
    'http.request.method': request.method,
    'url.scheme': request.protocol,
    'http.request.id': request.id,
  };
  if (route !== undefined) attributes['http.route'] = route;
  const { host } = request.headers;
  if (host !== undefined && HOST.test(host)) attributes['server.address'] = host.replace(/:\d+$/, '');
  const id = (request.params as { id?: unknown } | undefined)?.id;
  if (typeof id === 'string' && UUID.test(id)) attributes['aitbc.resource.id'] = id;
  return attributes;
}

function end(span: Span, reply: FastifyReply): void {
  span.setAttribute('http.response.status_code', reply.statusCode);
  if (isStream(reply)) span.setAttribute(WAITS, true);
  if (reply.statusCode >= 500) {
    span.setAttribute('error.type', String(reply.statusCode));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/** The request's context has ended, so the line sets its trace and request id itself. */
function lineOf(request: FastifyRequest, reply: FastifyReply, span: Span | undefined): object {
  const route = request.routeOptions.url ?? UNMATCHED;
  return {
    msg: `${request.method} ${route} was answered with ${reply.statusCode}`,
    method: request.method,
    route,
    status: reply.statusCode,
    durationMs: Math.round(reply.elapsedTime),
    requestId: request.id,
    traceId: span?.spanContext().traceId,
    spanId: span?.spanContext().spanId,
  };
}

const isStream = (reply: FastifyReply) => String(reply.getHeader('content-type')).startsWith('text/event-stream');

const isProbe = (route: string) => route.startsWith('/health') || route === '/metrics';
