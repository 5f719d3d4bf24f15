import { HttpException, Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const PATH = '/rpc';
const JSON_RPC = 'application/json-rpc';
/** Content types of node clients: the first is by far the most common. */
const TYPES = /^\s*application\/(json|json-rpc|jsonrequest)\s*(;|$)/i;

const unsupported = () => new HttpException('The body must be JSON: send it with Content-Type: application/json.', 415);

/**
 * Leaves JSON-RPC bodies unparsed: invalid ones get a JSON-RPC error, and ids are returned exactly, even those that
 * JavaScript cannot represent.
 */
@Injectable()
export class TakeRpcBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, _reply, done) => {
      if (request.method !== 'POST' || request.routeOptions.url !== PATH) return done();
      // Without a preflight, any page may send a form or plain text, even to a node that only its visitor can reach.
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
