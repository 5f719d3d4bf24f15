import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@aitbc/modulith';
import { HttpException } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { routeTemplate } from './routes.js';

/** Limits on a JSON text, independent of its size in bytes. */
export interface JsonLimits {
  /** The nesting depth of objects and arrays. */
  readonly depth: number;
  /** The total number of object members and array items. */
  readonly values: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { depth: 32, values: 10_000 };

export class MalformedJson extends DomainError {
  static override readonly code = 'malformed_json';
  static override readonly kind = 'invalid';
  constructor() {
    super('The body is not well-formed JSON.');
  }
}

export class BodyTooComplex extends DomainError<{ depth: number; values: number }> {
  static override readonly code = 'body_too_complex';
  static override readonly kind = 'too_large';
  constructor({ depth, values }: JsonLimits) {
    super(`A body of this operation may be nested ${depth} deep and hold ${values} values.`, { depth, values });
  }
}

/**
 * Parses untrusted JSON (RFC 8259 with the restrictions of I-JSON: UTF-8 and well-formed text). The limits are checked
 * before any value is created.
 * @throws MalformedJson, BodyTooComplex
 */
export function parseJson(body: Buffer, limits: JsonLimits = DEFAULT_JSON_LIMITS): unknown {
  checkComplexity(body, limits);
  if (!isUtf8(body)) throw new MalformedJson();
  const text = body.toString('utf8');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new MalformedJson();
  }
  // A lone surrogate requires an escape, and only these letters can name a prototype.
  if (/\\u[dD]/.test(text) || /__proto__|\\u005[fF]/.test(text)) refuseUnsound(value);
  return value;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Counts brackets and commas outside strings: the number of values, or more for invalid JSON. */
function checkComplexity(body: Buffer, limits: JsonLimits): void {
  let depth = 0;
  let values = 1;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === QUOTE) {
      at = endOfString(body, at);
    } else if (byte === COMMA) {
      values += 1;
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      values += 1;
      depth += 1;
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
      depth -= 1;
    } else continue;
    if (depth > limits.depth || values > limits.values) throw new BodyTooComplex(limits);
  }
}

/**
 * The end of the string that starts at a quote. A quote after a backslash is escaped, unless the backslash itself is.
 */
function endOfString(body: Buffer, start: number): number {
  for (let quote = body.indexOf(QUOTE, start + 1); quote >= 0; quote = body.indexOf(QUOTE, quote + 1)) {
    let before = quote;
    while (body[before - 1] === BACKSLASH) before -= 1;
    if ((quote - before) % 2 === 0) return quote;
  }
  return body.length;
}

/** @throws MalformedJson for a lone surrogate, or a key that would change an object's prototype */
function refuseUnsound(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed()) throw new MalformedJson();
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    if (name === '__proto__' || !name.isWellFormed()) throw new MalformedJson();
    refuseUnsound(each);
  }
}

/** The body limits of a route; omitted fields use the general limits. */
export interface BodyLimits extends Partial<JsonLimits> {
  readonly bytes?: number;
}

/**
 * Makes JSON the only accepted body type.
 * @param limits by route, `POST /v1/jobs`, or by prefix, `POST /v1/auth/*`
 */
export function takeJsonOnly(server: FastifyInstance, limits: Readonly<Record<string, BodyLimits>>): void {
  const byRoute = new Map<string, BodyLimits>();
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    // Some clients send a content type even without a body.
    if (body.length === 0) return done(null, undefined);
    const own = byRoute.get(routeTemplate(request.method, request.routeOptions.url ?? ''));
    try {
      done(null, parseJson(body, { ...DEFAULT_JSON_LIMITS, ...own }));
    } catch (error) {
      done(error as Error);
    }
  });
  server.addContentTypeParser('*', (request, _body, done) => {
    if (isWithoutBody(request.headers)) done(null, undefined);
    else done(new HttpException('The body must be JSON: send it with Content-Type: application/json.', 415));
  });
  server.addHook('onRoute', (route) => {
    const template = routeTemplate([route.method].flat()[0]!, route.url);
    const own = limits[template] ?? limitsOver(template, limits);
    if (!own) return;
    byRoute.set(template, own);
    if (own.bytes !== undefined) route.bodyLimit = own.bytes;
  });
}

function isWithoutBody({ 'content-length': length, 'transfer-encoding': encoding }: IncomingHttpHeaders): boolean {
  return encoding === undefined && (length === undefined || length === '0');
}

function limitsOver(template: string, limits: Readonly<Record<string, BodyLimits>>): BodyLimits | undefined {
  const pattern = Object.keys(limits).find((each) => each.endsWith('*') && template.startsWith(each.slice(0, -1)));
  return pattern === undefined ? undefined : limits[pattern];
}
