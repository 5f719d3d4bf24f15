import type { KeyObject } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { BroadcastBatches } from './broadcast-batches.js';
import { openConnection } from './connection.js';
import { Counters } from './counters.js';
import { open, sign, signingKey, type Frame, type FrameItem, type Refusal } from './frame.js';
import { Keys } from './keys.js';
import { CommonState, SecretMismatch } from './common-state.js';
import { withDefaults, type StreamsOptions, type StreamsSettings } from './options.js';

/** The interval for checking whether Redis still answers and still has its data. */
const BEAT_MS = 500;
/** After this many beats without an answer the connection counts as dead, even if it was never closed. */
const SILENT_BEATS = 6;
/** How long `start` waits for a server that neither accepts nor refuses the connection. */
const FIRST_ATTEMPT_MS = 2_000;
/** The lifetime of a broadcast. */
const BROADCAST_LIFE_MS = 30_000;
const COMPLAINT_MS = 60_000;

export { SecretMismatch } from './common-state.js';

/**
 * A process's connection to the others: two Redis connections (commands, subscriptions) that reconnect automatically,
 * and signed channels on top. Clients, servers and presence build on it.
 */
export class StreamsLink {
  readonly options: StreamsSettings;
  readonly counters = new Counters();
  /** The names of keys and channels. */
  readonly keys: Keys;
  /** Signs frames. */
  readonly signingKey: KeyObject;
  private readonly acceptedKeys: readonly KeyObject[];
  /** The connection for commands; its commands fail while Redis is away. */
  readonly commands: Redis;

  private readonly logger = new Logger('StreamsLink');
  private readonly subscriber: Redis;
  private readonly others = new Set<Redis>();
  private readonly channels = new Map<string, Array<(frame: Frame) => void>>();
  private readonly broadcasts = new BroadcastBatches((channel, items) => this.broadcast(channel, items));
  private readonly connectedListeners: Array<() => void> = [];
  private readonly lostListeners: Array<() => void> = [];
  private readonly disconnectedListeners: Array<() => void> = [];
  private readonly complaints = new Map<string, number>();
  private connected = false;
  private stopped = false;
  private attempt = 0;
  private silentBeats = 0;
  private beats?: NodeJS.Timeout;
  private readonly state: CommonState;
  private rejectStart?: (error: Error) => void;
  private resolveStart?: () => void;

  constructor(options: StreamsOptions) {
    this.options = withDefaults(options);
    this.signingKey = signingKey(options.secret);
    this.acceptedKeys = [this.signingKey, ...(options.acceptedSecrets ?? []).map(signingKey)];
    this.commands = openConnection(options.url, 'modulith-commands');
    this.subscriber = openConnection(options.url, 'modulith-subscriber');
    this.keys = new Keys(this.options.prefix, this.commands.options.db ?? 0);
    this.state = new CommonState(this.commands, this.keys, this.acceptedKeys);
  }

  /** Whether Redis answers and all subscriptions are active. */
  get isConnected(): boolean {
    return this.connected;
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  /**
   * Connects, and reconnects until `stop`. Resolves when connected, or at once if Redis is unavailable.
   *
   * @throws SecretMismatch when Redis is available and other live processes use another secret
   */
  async start(): Promise<void> {
    const first = new Promise<void>((resolve, reject) => {
      this.resolveStart = resolve;
      this.rejectStart = reject;
    });
    const patience = setTimeout(() => this.resolveStart?.(), FIRST_ATTEMPT_MS);
    for (const connection of [this.commands, this.subscriber]) {
      connection.on('ready', () => void this.attach());
      connection.on('close', () => this.detach());
      connection.on('error', (error: Error) => this.complain('redis', `Redis is away: ${error.message}`));
      // Refused: it keeps trying in the background.
      connection.connect().catch(() => this.resolveStart?.());
    }
    this.subscriber.on('message', (channel: string, text: string) => this.receive(channel, text));
    this.beats = setInterval(() => this.beat(), BEAT_MS);
    try {
      await first;
    } catch (error) {
      await this.stop();
      throw error;
    } finally {
      clearTimeout(patience);
      this.resolveStart = this.rejectStart = undefined;
    }
  }

  /** Flushes pending sends and closes all connections. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.broadcasts.flush();
    this.stopped = true;
    clearInterval(this.beats);
    // Answers arrive in order: this one confirms what was sent before.
    if (this.connected) {
      const farewell = setTimeout(() => this.commands.disconnect(), BEAT_MS);
      // Whether or not they arrived, close the connection now.
      await this.commands.ping().catch(() => undefined);
      clearTimeout(farewell);
    }
    this.detach();
    for (const connection of [this.commands, this.subscriber, ...this.others]) connection.disconnect();
  }

  /** Calls back after every connect, including the first, when all subscriptions are active. */
  onConnected(listener: () => void): void {
    this.connectedListeners.push(listener);
  }

  /** Calls back when Redis comes back without our data: after a FLUSHALL, or a restart without persistence. */
  onDataLost(listener: () => void): void {
    this.lostListeners.push(listener);
  }

  /** Calls back when the connection is lost, or the link stops. */
  onDisconnected(listener: () => void): void {
    this.disconnectedListeners.push(listener);
  }

  /**
   * Subscribes to the broadcasts on a channel, including those of this process.
   *
   * @returns when the subscription is active; if Redis is unavailable, at once: the link subscribes when it connects
   */
  subscribe(channel: string, listener: (body: string) => void): Promise<void> {
    return this.listen(this.keys.channel(channel), (frame) => {
      for (const item of frame.items) listener(item.body);
    });
  }

  /**
   * Sends a broadcast: signed, at most once; dropped and counted while Redis is unavailable. Broadcasts of one tick are
   * batched.
   */
  publish(channel: string, body: string): void {
    const isSendable = this.connected && Buffer.byteLength(body) <= this.options.maxFrameBytes;
    if (isSendable) this.broadcasts.add(this.keys.channel(channel), body);
    else this.counters.droppedBroadcasts += 1;
  }

  /** Listens for whole frames on a channel, given by its full name. */
  async listen(channel: string, listener: (frame: Frame) => void): Promise<void> {
    const listeners = this.channels.get(channel);
    if (listeners) listeners.push(listener);
    else this.channels.set(channel, [listener]);
    // After a reconnect, the connection resubscribes to all channels.
    if (!listeners && this.subscriber.status === 'ready')
      await this.subscriber.subscribe(channel).catch((error: unknown) => this.complainOf(channel, error));
  }

  /** Stops listening on a channel, given by its full name. */
  async unlisten(channel: string): Promise<void> {
    this.channels.delete(channel);
    if (this.subscriber.status !== 'ready') return;
    await this.subscriber.unsubscribe(channel).catch((error: unknown) => this.complainOf(channel, error));
  }

  private complainOf(channel: string, error: unknown): void {
    this.complain('subscribe', `Listening to ${channel} could not be changed: ${(error as Error).message}`);
  }

  /** An additional connection, for blocking commands; closed with the link. */
  connection(name: string): Redis {
    const connection = openConnection(this.options.url, name);
    this.others.add(connection);
    return connection;
  }

  /**
   * Opens a received frame; a rejection is counted, and logged at most once a minute per reason.
   *
   * @param wasNewer it was rejected before as of a newer release: that is not counted again
   */
  open(target: string, text: string, wasNewer = false): Frame | Refusal {
    const frame = open(this.acceptedKeys, target, text, Date.now());
    if (frame === 'newer' && wasNewer) return frame;
    if (typeof frame === 'string') this.refuse(frame, target);
    else this.countIn(frame);
    return frame;
  }

  /** Logs a warning at most once a minute per topic. */
  complain(topic: string, message: string): void {
    const now = Date.now();
    if (this.stopped || now - (this.complaints.get(topic) ?? 0) < COMPLAINT_MS) return;
    this.complaints.set(topic, now);
    this.logger.warn(message);
  }

  private broadcast(channel: string, items: readonly FrameItem[]): void {
    const expires = Date.now() + BROADCAST_LIFE_MS;
    const frame = { from: this.options.process.id, replyTo: '', expires, items };
    this.counters.framesOut += 1;
    this.counters.itemsOut += items.length;
    this.commands
      .publish(channel, sign(this.signingKey, channel, frame))
      .catch(() => (this.counters.droppedBroadcasts += items.length));
  }

  private countIn(frame: Frame): void {
    this.counters.framesIn += 1;
    this.counters.itemsIn += frame.items.length;
  }

  private refuse(reason: Refusal, target: string): void {
    this.counters.refuse(reason);
    this.complain(`refused ${reason}`, `Refused a frame on ${target}: ${reason}`);
  }

  private receive(channel: string, text: string): void {
    const listeners = this.channels.get(channel);
    if (!listeners) return;
    const frame = this.open(channel, text);
    if (typeof frame === 'string') return;
    for (const listener of listeners) {
      try {
        listener(frame);
      } catch (error) {
        this.logger.error(`A listener on ${channel} failed`, (error as Error).stack);
      }
    }
  }

  private async attach(): Promise<void> {
    if (this.commands.status !== 'ready' || this.subscriber.status !== 'ready' || this.stopped) return;
    const attempt = ++this.attempt;
    try {
      if (this.channels.size > 0) await this.subscriber.subscribe(...this.channels.keys());
      await this.state.agreeOnSecret(() => attempt !== this.attempt || this.stopped);
      const isLost = await this.state.hasLostData();
      if (attempt !== this.attempt || this.stopped) return;
      this.connected = true;
      this.silentBeats = 0;
      this.counters.connections += 1;
      if (isLost) this.loseData();
      this.tell(this.connectedListeners);
      this.resolveStart?.();
    } catch (error) {
      if (error instanceof SecretMismatch && this.rejectStart) return this.rejectStart(error);
      this.complain('attach', `Redis is there, but not usable: ${(error as Error).message}`);
      if (attempt === this.attempt && !this.stopped) setTimeout(() => void this.attach(), BEAT_MS).unref();
    }
  }

  private detach(): void {
    this.attempt += 1;
    if (!this.connected) return;
    this.connected = false;
    this.tell(this.disconnectedListeners);
  }

  private beat(): void {
    if (!this.connected) return;
    if (++this.silentBeats > SILENT_BEATS) return this.reconnect();
    const attempt = this.attempt;
    const isOver = () => attempt !== this.attempt || this.stopped;
    Promise.all([this.subscriber.ping(), this.state.agreeOnSecret(isOver), this.state.hasLostData()]).then(
      ([, , isLost]) => {
        if (isOver()) return;
        this.silentBeats = 0;
        if (isLost) this.loseData();
      },
      (error: unknown) => {
        if (error instanceof SecretMismatch) this.complain('secret', error.message);
      },
    );
  }

  private loseData(): void {
    this.counters.dataLost += 1;
    this.tell(this.lostListeners);
  }

  private reconnect(): void {
    this.complain('silent', 'Redis has not answered for seconds: connecting again');
    this.detach();
    this.commands.disconnect(true);
    this.subscriber.disconnect(true);
  }

  private tell(listeners: ReadonlyArray<() => void>): void {
    for (const listener of listeners) {
      try {
        listener();
      } catch (error) {
        this.logger.error('A listener failed', (error as Error).stack);
      }
    }
  }
}
