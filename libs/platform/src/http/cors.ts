import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Origins whose pages may call; `*` allows every page, but without credentials. */
export type Origins = readonly string[];

export interface CorsRules {
  readonly origins: Origins;
  /** Overrides by path. */
  readonly byPath: Readonly<Record<string, Origins>>;
}

const SHARED = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: [
    'authorization',
    'content-type',
    'idempotency-key',
    'if-match',
    'last-event-id',
    'x-request-id',
    'traceparent',
  ],
  exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'etag', 'location'],
  maxAge: 600,
};

/** Enables CORS with separate rules per path, so that an open path opens no other. */
export function allowOrigins(app: NestFastifyApplication, { origins, byPath }: CorsRules): void {
  if ([origins, ...Object.values(byPath)].every(({ length }) => length === 0)) return;
  const originsOf = (request: FastifyRequest): Origins => {
    const path = request.url.split('?', 1)[0]!.replace(/(?<=.)\/$/, '');
    return Object.hasOwn(byPath, path) ? byPath[path]! : origins;
  };
  app.enableCors({
    delegator: (request, answer) => {
      const allowed = originsOf(request);
      answer(null, { ...SHARED, origin: allowed.includes('*') ? '*' : allowed.length > 0 && [...allowed] });
    },
  });
}
