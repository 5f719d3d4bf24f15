import { HttpException, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const PATH = '/rpc';
const JSON_RPC = 'application/json-rpc';
/** What clients of a node send: the first by almost all, the others by few. */
const TYPES = /^\s*application\/(json|json-rpc|jsonrequest)\s*(;|$)/i;

const unsupported = () => new HttpException('The body must be JSON: send it with Content-Type: application/json.', 415);

/**
 * Leaves the bodies of JSON-RPC unread: what cannot be read is answered as JSON-RPC says, and ids go back as they came,
 * even where JavaScript has no such number.
 */
@Injectable()
export class TakeRpcBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, _reply, done) => {
      if (request.method !== 'POST' || request.routeOptions.url !== PATH) return done();
      // Any page may send a form or plain text without asking first, to a node that only its visitor reaches, too.
      if (!TYPES.test(request.headers['content-type'] ?? '')) return done(unsupported());
      request.headers['content-type'] = JSON_RPC;
      done();
    });
    server.addContentTypeParser(JSON_RPC, { parseAs: 'buffer' }, (request, body, done) => {
      if (request.routeOptions.url === PATH) done(null, body);
      else done(unsupported());
    });
  }
}
