import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemFilter } from './problem-filter.js';
import { SECURITY_HEADERS } from './security-headers.js';

export const MEBIBYTE = 1024 * 1024;

export interface HttpAdapterOptions {
  /** Proxies whose `X-Forwarded-For` is trusted: true, addresses or networks. None by default. */
  readonly trustProxy?: boolean | string | string[];
  /** The maximum size of a request body in bytes; 1 MiB by default. */
  readonly bodyLimit?: number;
}

/** Leaves body parsing to `configureHttp`: Nest's own parsers also accept forms, and JSON of any shape. */
class JsonAdapter extends FastifyAdapter {
  override registerParserMiddleware(): void {}
}

/** The Fastify adapter of every process: request ids, body limit, and problem responses for Fastify's own errors. */
export function createHttpAdapter(options: HttpAdapterOptions = {}): FastifyAdapter {
  const problems = new ProblemFilter();
  return new JsonAdapter({
    trustProxy: options.trustProxy ?? false,
    bodyLimit: options.bodyLimit ?? MEBIBYTE,
    genReqId: requestIdOf,
    routerOptions: { ignoreTrailingSlash: true },
    // Limits how long a slow sender can hold a socket; long polls are slow to answer, not to send.
    requestTimeout: 30_000,
    // Longer than load balancers keep idle connections, so that none is closed while a request is on its way.
    keepAliveTimeout: 72_000,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers(SECURITY_HEADERS).header('x-request-id', request.id);
      problems.answer(error, request, reply);
    },
  });
}

/** The caller's `X-Request-Id` if it is safe for logs and headers, otherwise a new one. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{8,128}$/.test(given) ? given : randomUUID();
}
