import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { EventBus } from '@nestjs/cqrs';
import type { FastifyInstance } from 'fastify';
import { CallerLeft } from '../contract/index.js';

const READS_OF_THE_CHAIN = /^\/(rpc|v1\/chain)\b/;

/** Notifies the chain's processes that a caller closed its connection before the response. */
@Injectable()
export class TellWhoLeft implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly events: EventBus,
  ) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook('onRequest', (request, { raw }, done) => {
      if (READS_OF_THE_CHAIN.test(request.url)) {
        raw.once('close', () => {
          if (!raw.writableFinished) this.events.publish(CallerLeft.of({ request: request.id, origin: request.ip }));
        });
      }
      done();
    });
  }
}
