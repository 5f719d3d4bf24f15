import {
  BaseRpcContext,
  type CustomTransportStrategy,
  type MessageHandler,
  type PacketMetadata,
  Server,
  type WritePacket,
} from '@nestjs/microservices';
import { isObservable, lastValueFrom, type Observable, throwError } from 'rxjs';
import { StreamsLink } from './link.js';
import { Presence } from './presence.js';
import { listenTo } from './redis-streams-client.js';
import {
  streamsOptions,
  type PacketMeta,
  type RedisStreamsEvents,
  type RedisStreamsOptions,
  type RedisStreamsStatus,
} from './redis-streams-options.js';
import type { Reply, Request } from './request.js';
import { type Delivery, StreamsServer } from './server.js';

const EVENT_ATTEMPTS = 5;
const EVENT_RETRY_MS = 100;

export interface RedisStreamsServerOptions extends RedisStreamsOptions {
  /** The limit of messages in progress (512), beyond which this replica reads no more. */
  readonly maxInFlight?: number;
  /** The number of attempts (5) at an event before it is dropped, logged and counted. */
  readonly eventAttempts?: number;
  /** Milliseconds (100) before the second attempt; doubled for each further one. */
  readonly eventRetryMs?: number;
}

/** The delivery details of a message: `@Ctx() context: RedisStreamsContext`. */
export class RedisStreamsContext extends BaseRpcContext<[Request, Delivery, PacketMetadata | undefined]> {
  /** The pattern, as a string. */
  getPattern(): string {
    return this.args[0].name;
  }

  /** The message id; a redelivery has the same. */
  getId(): string {
    return this.args[0].id;
  }

  /** Milliseconds since the epoch, after which the caller no longer waits. */
  getDeadline(): number {
    return this.args[0].deadline;
  }

  /** The sender, and whether the message may have been delivered before. */
  getDelivery(): Delivery {
    return this.args[1];
  }

  /** What a dispatch hook of the client attached. */
  getMetadata(): PacketMetadata | undefined {
    return this.args[2];
  }
}

/** A server's components, for counters, lag and presence. */
export interface RedisStreamsParts {
  readonly link: StreamsLink;
  readonly server: StreamsServer;
  readonly presence: Presence;
}

/**
 * Nest's server over Redis Streams: each message and event is handled by one replica of the service, and by another if
 * that one dies first. Handlers may therefore see a message twice, with the same id.
 *
 * `NestFactory.createMicroservice(AppModule, { strategy: new RedisStreamsServer({ url, secret, service: 'wallet' }) })`
 */
export class RedisStreamsServer
  extends Server<RedisStreamsEvents, RedisStreamsStatus>
  implements CustomTransportStrategy
{
  override readonly transportId = Symbol('REDIS_STREAMS');
  /** Routes the failures of event handlers to `attemptEvent`. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly parts: RedisStreamsParts;

  constructor(private readonly options: RedisStreamsServerOptions) {
    super();
    const link = new StreamsLink(streamsOptions(options, [options.service]));
    this.parts = { link, server: new StreamsServer(link), presence: new Presence(link) };
    link.onConnected(() => this._status$.next('connected'));
    link.onDisconnected(() => this._status$.next('disconnected'));
  }

  /** Starts serving; if Redis is unavailable, as soon as it is back. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    const { link, server, presence } = this.parts;
    try {
      await link.start();
      server.serve(this.options.service, (request, delivery) => this.handle(request, delivery), this.options);
      await server.start();
      await presence.start();
    } catch (error) {
      return callback(error);
    }
    callback();
  }

  /** Answers the requests in progress and leaves the rest to other replicas. */
  override async close(): Promise<void> {
    const { link, server, presence } = this.parts;
    await presence.leave();
    await server.drain();
    await link.stop();
  }

  override on<Event extends keyof RedisStreamsEvents>(event: Event, callback: RedisStreamsEvents[Event]): void {
    listenTo(this.parts.link, event, callback);
  }

  override unwrap<T = RedisStreamsParts>(): T {
    return this.parts as T;
  }

  private async handle(request: Request, delivery: Delivery): Promise<Reply> {
    const { kind, metadata } = request.meta as PacketMeta;
    const data: unknown = JSON.parse(request.body);
    const context = new RedisStreamsContext([request, delivery, metadata]);
    const handler = this.getHandlerByPattern(request.name);
    if (kind === 'event') return this.attemptEvent(handler, data, context);
    if (!handler) return this.replyWith([{ err: `There is no handler of ${request.name}` }]);
    return this.replyWith(await this.answersOf(handler, data, context));
  }

  /** All values of the handler's stream, up to its completion or error. */
  private answersOf(handler: MessageHandler, data: unknown, context: RedisStreamsContext): Promise<WritePacket[]> {
    return new Promise((resolve) => {
      const answers: WritePacket[] = [];
      const produce = async (): Promise<Observable<unknown>> => {
        try {
          return this.transformToObservable(await handler(data, context));
        } catch (error) {
          return throwError(() => error);
        }
      };
      this.handleRequest(context, produce, ({ isDisposed, ...answer }) => {
        if ('err' in answer || 'response' in answer) answers.push(answer);
        if (isDisposed) resolve(answers);
      });
    });
  }

  private replyWith(answers: readonly WritePacket[]): Reply {
    return { ok: !answers.some(({ err }) => err !== undefined), body: JSON.stringify(answers) };
  }

  private async attemptEvent(
    handler: MessageHandler | null,
    data: unknown,
    context: RedisStreamsContext,
  ): Promise<Reply> {
    const { eventAttempts = EVENT_ATTEMPTS, eventRetryMs = EVENT_RETRY_MS } = this.options;
    let failure: unknown = 'there is no handler';
    for (let attempt = 1; handler && attempt <= eventAttempts; attempt++) {
      try {
        await this.runEvent(handler, data, context);
        return { ok: true, body: '' };
      } catch (error) {
        failure = error;
      }
      if (attempt < eventAttempts) await new Promise((later) => setTimeout(later, eventRetryMs * 2 ** (attempt - 1)));
    }
    this.parts.link.counters.droppedEvents += 1;
    this.logger.error(`The event ${context.getPattern()} (${context.getId()}) was dropped: ${describe(failure)}`);
    return { ok: false, body: '' };
  }

  private runEvent(handler: MessageHandler, data: unknown, context: RedisStreamsContext): Promise<void> {
    return new Promise((resolve, reject) => {
      this.runWithProcessingHooks(context, async (end) => {
        try {
          const result = await handler(data, context);
          if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
          resolve();
        } catch (error) {
          reject(error);
        } finally {
          end();
        }
      });
    });
  }
}

function describe(failure: unknown): string {
  if (failure instanceof Error) return failure.message;
  return typeof failure === 'string' ? failure : JSON.stringify(failure);
}
