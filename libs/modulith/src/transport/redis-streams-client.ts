import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import { StreamsClient, type Request } from './client.js';
import { StreamsLink } from './link.js';
import {
  streamsOptions,
  type PacketMeta,
  type RedisStreamsEvents,
  type RedisStreamsOptions,
  type RedisStreamsStatus,
} from './redis-streams-options.js';

const TIMEOUT_MS = 30_000;
const EVENT_LIFE_MS = 3_600_000;

export interface RedisStreamsClientOptions extends RedisStreamsOptions {
  /** Milliseconds (30,000) after which `send` gives up. */
  readonly timeoutMs?: number;
  /** Milliseconds (an hour) after which an unhandled event is dropped. */
  readonly eventLifeMs?: number;
}

/**
 * Nest's client over Redis Streams.
 *
 * `send` fails with the handler's error, with `NotSent` if the message was definitely not handled, and with
 * `Unanswered` if it may have been. `emit` completes when Redis has the event; one replica handles it at least once,
 * even if none is running at the moment.
 */
export class RedisStreamsClient extends ClientProxy<RedisStreamsEvents, RedisStreamsStatus> {
  private readonly logger = new Logger('RedisStreamsClient');
  private readonly link: StreamsLink;
  private readonly client: StreamsClient;
  private connecting?: Promise<void>;

  constructor(private readonly options: RedisStreamsClientOptions) {
    super();
    this.link = new StreamsLink(streamsOptions(options, []));
    this.client = new StreamsClient(this.link);
    this.link.onConnected(() => this._status$.next('connected'));
    this.link.onDisconnected(() => this._status$.next('disconnected'));
  }

  /** Does not wait if Redis is unavailable. */
  override connect(): Promise<void> {
    return (this.connecting ??= this.link.start().then(() => this.client.start()));
  }

  /** Pending requests fail with `Unanswered`; events that Redis has accepted are still handled. */
  override async close(): Promise<void> {
    await this.client.stop();
    await this.link.stop();
  }

  override on<Event extends keyof RedisStreamsEvents>(event: Event, callback: RedisStreamsEvents[Event]): void {
    listenTo(this.link, event, callback);
  }

  /** The underlying link, with its counters and options. */
  override unwrap<T = StreamsLink>(): T {
    return this.link as T;
  }

  protected override publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    let isWanted = true;
    const tell = (answer: WritePacket) => isWanted && callback(answer);
    void this.ask(packet).then((answers) => answers.forEach(tell));
    return () => {
      isWanted = false;
    };
  }

  protected override dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    return new Promise((resolve, reject) => {
      const accepted = () => resolve(undefined as T);
      this.client
        .request(this.options.service, this.request(packet, 'event'), accepted)
        .then(accepted, (error: Error) => {
          // Once the event was accepted, no caller is listening any more.
          this.logger.debug(`An event's handling was not confirmed: ${error.message}`);
          reject(error);
        });
    });
  }

  /** All values that the handler emitted, and the completion. */
  private async ask(packet: ReadPacket): Promise<WritePacket[]> {
    try {
      const { body } = await this.client.request(this.options.service, this.request(packet, 'message'));
      const answers = JSON.parse(body) as WritePacket[];
      return answers.some(({ err }) => err !== undefined) ? answers : [...answers, { isDisposed: true }];
    } catch (err) {
      return [{ err }];
    }
  }

  private request(packet: ReadPacket, kind: PacketMeta['kind']): Request {
    const { timeoutMs = TIMEOUT_MS, eventLifeMs = EVENT_LIFE_MS } = this.options;
    const meta: PacketMeta = packet.metadata ? { kind, metadata: packet.metadata } : { kind };
    return {
      id: randomUUID(),
      name: this.normalizePattern(packet.pattern),
      meta,
      body: JSON.stringify(packet.data),
      deadline: Date.now() + (kind === 'event' ? eventLifeMs : timeoutMs),
    };
  }
}

/** Forwards the events of a link. */
export function listenTo<Event extends keyof RedisStreamsEvents>(
  link: StreamsLink,
  event: Event,
  callback: RedisStreamsEvents[Event],
): void {
  if (event === 'connected') link.onConnected(callback);
  else if (event === 'disconnected') link.onDisconnected(callback);
  else link.onDataLost(callback);
}
