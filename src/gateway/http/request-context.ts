import { createHash } from 'node:crypto';
import { type RequestOptions, runInRequest, ValidationFailed } from '@aitbc/modulith';
import { networkOf, routeTemplate } from '@aitbc/platform';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ClaimIdempotencyKey } from '../contract/index.js';
import { Gatekeeper } from './gatekeeper.js';
import { NEVER_REPLAYED } from './never-replayed.js';

/**
 * Handles a request on behalf of its caller. With an `Idempotency-Key`, the ids of its commands derive from the key, so
 * that a repeat has no further effect and gets the same answer.
 *
 * A Fastify hook rather than a guard and an interceptor: with a single interceptor, Nest wraps every request in
 * observables, which costs an HTTP read more than all the work done here.
 */
@Injectable()
export class RequestContext implements OnModuleInit {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly turns = new WeakMap<FastifyRequest, () => void>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly gatekeeper: Gatekeeper,
    private readonly commands: CommandBus,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('preHandler', (request, reply, done) => {
      if (request.is404) return done();
      // Authentication runs in the request's context, too, so that every log line names the request.
      const options = runInRequest({ correlationId: request.id }, () => this.optionsFor(request, reply));
      options.then((each) => runInRequest({ ...each, correlationId: request.id }, done), done);
    });
    // The handler has finished by then, even if the caller has disconnected.
    server.addHook('onSend', (request, _reply, _payload, done) => {
      this.turns.get(request)?.();
      done();
    });
  }

  private async optionsFor(request: FastifyRequest, reply: FastifyReply): Promise<RequestOptions> {
    const principal = await this.gatekeeper.admit(request, reply);
    const key = idempotencyKeyOf(request);
    if (key === undefined) return { principal, origin: request.ip };
    const caller = principal?.subject ?? `address ${networkOf(request.ip)}`;
    const operation = `${request.method} ${pathOf(request.url)}`;
    // Outside the seeded context: a different body must be compared, not answered like the first.
    const claim = ClaimIdempotencyKey.of({ caller, operation, key, bodyHash: hashOf(request.body) });
    const { seed: idSeed, attempt } = await this.commands.execute(claim);
    this.turns.set(request, await this.turn(idSeed));
    return { principal, origin: request.ip, idSeed, attempt };
  }

  /** Concurrent repeats are serialized, so that each sees the result of the one before. */
  private async turn(idSeed: string): Promise<() => void> {
    const before = this.underWay.get(idSeed);
    let end!: () => void;
    const own = new Promise<void>((resolve) => (end = resolve));
    this.underWay.set(idSeed, own);
    await before;
    return () => {
      if (this.underWay.get(idSeed) === own) this.underWay.delete(idSeed);
      end();
    };
  }
}

function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined || request.method !== 'POST') return undefined;
  if (NEVER_REPLAYED.has(routeTemplate(request.method, request.routeOptions.url ?? ''))) return undefined;
  if (typeof key === 'string' && /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  const field = 'Idempotency-Key';
  throw new ValidationFailed([{ field, message: `${field} must be 1 to 255 visible ASCII characters` }]);
}

function hashOf(body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(body ?? null))
    .digest('hex');
}

/** A trailing slash makes no difference. */
function pathOf(url: string): string {
  return url.split('?', 1)[0]!.replace(/(?<=.)\/$/, '');
}
