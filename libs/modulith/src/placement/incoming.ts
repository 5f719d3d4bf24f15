import { Injectable } from '@nestjs/common';
import { context as otel } from '@opentelemetry/api';
import { Dispatcher } from '../bus/dispatcher.js';
import { APART } from '../context/apart.js';
import { withTraceparent } from '../context/message-context.js';
import { UnsupportedVersion } from '../contract/errors.js';
import { assertMayTravel } from '../contract/message-size.js';
import type { MessageType } from '../contract/registry.js';
import type { Reply, Request } from '../transport/client.js';
import type { Delivery } from '../transport/server.js';
import { Distribution, eventsOf } from './distribution.js';
import { Processes } from './processes.js';
import { Runtime } from './runtime.js';
import { type CallMeta, type EventMeta, publicationOf } from './wire.js';

/** The limit of concurrent commands and queries per module; more wait in Redis. */
const CALLS_IN_FLIGHT = 512;
const EVENTS_IN_FLIGHT = 256;

/** Delivers messages from other processes to the modules hosted here. */
@Injectable()
export class Incoming {
  constructor(
    private readonly runtime: Runtime,
    private readonly dispatcher: Dispatcher,
    private readonly processes: Processes,
    private readonly distribution: Distribution,
  ) {}

  private get claimMs(): number {
    return this.distribution.connection!.link.options.claimMs;
  }

  /** Registers the services of this process; called before it serves. */
  register(): void {
    const server = this.distribution.connection?.server;
    if (!server) return;
    // A question to this process, or a command for its replica of a module.
    server.serve(`@${this.distribution.self.id}`, (request, delivery) =>
      isQuestion(request) ? this.processes.reply(request) : this.call(request, delivery),
    );
    for (const module of this.runtime.options.hosted) {
      server.serve(module, (request, delivery) => this.call(request, delivery), { maxInFlight: CALLS_IN_FLIGHT });
      server.serve(eventsOf(module), (request, delivery) => this.event(module, request, delivery), {
        maxInFlight: EVENTS_IN_FLIGHT,
      });
    }
  }

  async call(request: Request, delivery: Delivery): Promise<Reply> {
    try {
      const meta = request.meta as CallMeta;
      const type = this.known(request.name, meta.version);
      const message = this.runtime.registry.codec.decode(request.body) as object;
      const { correlationId, causationId, principal, origin, traceparent, attempt } = meta;
      const { id, deadline } = request;
      const metadata = { id, correlationId, causationId, principal, origin, deadline, attempt };
      // A query without a trace, such as recurring background work, starts none here either.
      const traced = type.kind === 'query' && traceparent === undefined ? APART : withTraceparent(traceparent);
      // A repeat by the sender, or a resent request, has the same id.
      const result = await otel.with(traced, () =>
        this.dispatcher.receive(type, message, metadata, {
          isRepeatable: true,
          mayBeRepeat: delivery.again || meta.repeatable === true,
          twinsFrom: delivery.receivedAt + this.claimMs / 2,
        }),
      );
      const body = this.runtime.registry.codec.encode(result);
      assertMayTravel(request.name, body, this.runtime.options.transport?.maxFrameBytes);
      return { ok: true, body };
    } catch (error) {
      const mayBeDone = error instanceof UnsupportedVersion && delivery.again;
      return { ...this.failed(error), meta: mayBeDone ? { mayBeDone } : undefined };
    }
  }

  private async event(module: string, request: Request, delivery: Delivery): Promise<Reply> {
    try {
      const meta = request.meta as EventMeta;
      this.known(request.name, meta.metadata.version);
      const publication = publicationOf(request.id, request.name, request.body, meta);
      if (meta.mode === 'durable') await this.runtime.accept(module, publication, meta.mayBeRepeat || delivery.again);
      else this.runtime.offer(module, publication);
      return { ok: true, body: '' };
    } catch (error) {
      return this.failed(error);
    }
  }

  /** @throws UnsupportedVersion for a message that only a newer release knows: another replica may run that release. */
  private known(wireName: string, version: number): MessageType {
    const type = this.runtime.registry.ofWireName(wireName) as MessageType | undefined;
    if (!type || version > type.version) throw new UnsupportedVersion(wireName, version);
    return type;
  }

  private failed(error: unknown): Reply {
    return { ok: false, body: JSON.stringify(this.runtime.registry.encodeError(error)) };
  }
}

const isQuestion = ({ meta }: Request) => (meta as { question?: boolean }).question === true;
