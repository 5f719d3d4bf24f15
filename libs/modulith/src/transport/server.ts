import { Answers } from './answers.js';
import { Claims } from './claims.js';
import { GROUP, giveBack, isGroupMissing, leaveGroup, type RawEntry } from './group.js';
import { isProcess } from './keys.js';
import type { StreamsLink } from './link.js';
import { StreamReader } from './stream-reader.js';
import { ServedStream, type Item, type Serve } from './served-stream.js';
import { readRequest } from './wire.js';
import type { Reply } from './request.js';

export type { Delivery, Serve } from './served-stream.js';

const MAX_IN_FLIGHT = 512;
const DRAIN_TICK_MS = 5;

/** The backlog of a stream. */
export interface Lag {
  /** Undelivered entries; each holds up to 64 requests. */
  readonly waiting: number;
  /** Delivered but unacknowledged entries. */
  readonly pending: number;
  /** Milliseconds since the oldest of these was sent. */
  readonly oldestMs?: number;
}

/** A stream entry of up to 64 requests that a process has received but not acknowledged. */
export interface PendingEntry {
  readonly process: string;
  readonly sentAt: Date;
  /** How many times it was delivered. */
  readonly deliveries: number;
}

/**
 * Answers requests to services. One replica handles each request and renews its claim meanwhile; if it dies, another
 * replica takes over. So a request may be handled twice, but is not lost before its deadline.
 */
export class StreamsServer {
  private readonly streams = new Map<string, ServedStream>();
  private readonly answers: Answers;
  private readonly reader: StreamReader;
  private readonly claims: Claims;

  constructor(private readonly link: StreamsLink) {
    this.answers = new Answers(link, () => this.inFlight);
    this.reader = new StreamReader(link, this.streams, (...received) => this.receive(...received));
    this.claims = new Claims(link, this.streams, (stream, entries) => this.receive(stream, entries, true));
  }

  /**
   * Registers a service; call before `start`.
   *
   * @param service a name, or `@<own process id>` for requests to this process
   * @param options.maxInFlight the limit of requests in progress (512), beyond which nothing more is read
   */
  serve(service: string, handler: Serve, options: { maxInFlight?: number } = {}): void {
    const stream = new ServedStream(
      service,
      this.link.keys.requests(service),
      handler,
      options.maxInFlight ?? MAX_IN_FLIGHT,
      (of, item, reply, error) => this.finished(of, item, reply, error),
      (of, item) => this.expired(of, item),
    );
    this.streams.set(service, stream);
  }

  /** Starts reading; if Redis is unavailable, as soon as it is back. */
  async start(): Promise<void> {
    if (this.streams.size === 0) return;
    await this.reader.start();
    this.claims.start();
  }

  /**
   * Stops reading, finishes the requests in progress, answers, acknowledges, and leaves the consumer groups. Does not
   * wait for a handler that runs past its request's deadline.
   */
  async drain(): Promise<void> {
    await Promise.all([this.reader.stop(), this.claims.stopTakingOver()]);
    const streams = [...this.streams.values()];
    while (streams.some((stream) => stream.isAwaited) && !this.link.isStopped) await tick();
    const patience = Date.now() + this.link.options.patienceMs;
    while (!this.answers.isEmpty && !this.link.isStopped && Date.now() < patience) await tick();
    await this.claims.stop();
    if (!this.link.isConnected) return;
    const { commands, options } = this.link;
    for (const { service, key } of this.streams.values()) {
      // If this fails, the process's stream expires.
      if (isProcess(service)) await commands.unlink(key).catch(() => 0);
      // If this fails, other processes remove the consumer.
      else await leaveGroup(commands, key, options.process.id).catch(() => undefined);
    }
  }

  /** Requests in progress, over all services. */
  get inFlight(): number {
    let sum = 0;
    for (const stream of this.streams.values()) sum += stream.inFlight;
    return sum;
  }

  /** The backlog of a service, whichever process serves it. */
  async lag(service: string): Promise<Lag> {
    const { commands, keys } = this.link;
    const key = keys.requests(service);
    const [length, pending, oldest, time] = await Promise.all([
      commands.xlen(key),
      commands.xpending(key, GROUP).then(
        ([count]) => Number(count),
        // No group: the service was never served.
        () => 0,
      ),
      commands.xrange(key, '-', '+', 'COUNT', 1),
      commands.time(),
    ]);
    const waiting = Math.max(0, length - pending);
    if (oldest.length === 0) return { waiting, pending };
    const sent = Number(oldest[0]![0].split('-')[0]);
    return {
      waiting,
      pending,
      oldestMs: Math.max(0, Number(time[0]) * 1000 + Math.trunc(Number(time[1]) / 1000) - sent),
    };
  }

  /** A service's oldest unacknowledged entries, whichever process holds them. */
  async pendingOf(service: string, limit: number): Promise<PendingEntry[]> {
    const { commands, keys } = this.link;
    type Row = [id: string, consumer: string, idle: number, deliveries: number];
    const rows = (await commands.xpending(keys.requests(service), GROUP, '-', '+', limit).catch((error: unknown) => {
      if (isGroupMissing(error)) return [];
      throw error;
    })) as Row[];
    return rows.map(([id, process, , deliveries]) => ({
      process,
      sentAt: new Date(Number(id.split('-')[0])),
      deliveries,
    }));
  }

  private receive(stream: ServedStream, entries: readonly RawEntry[], isTakenOver: boolean, isStale = false): void {
    for (const [id, fields] of entries) {
      if (stream.held.has(id)) continue;
      if (isTakenOver) this.link.counters.takenOver += 1;
      this.hold(stream, id, fields, isTakenOver || isStale);
    }
  }

  private hold(stream: ServedStream, id: string, fields: string[] | null, mayBeHandled: boolean): void {
    const entry = { id, open: 0 };
    // Deleted meanwhile: its client gave up.
    const frame = fields ? this.link.open(stream.key, fields[1] ?? '', stream.leftForNewer.has(id)) : 'expired';
    if (frame === 'newer') return this.leave(stream, id);
    stream.leftForNewer.delete(id);
    stream.held.set(id, entry);
    if (typeof frame === 'string') return this.answers.acknowledge(stream, id);
    entry.open = frame.items.length;
    for (const { head, body } of frame.items) {
      const { sequence, request, again } = readRequest(head, body);
      const delivery = { again: again || mayBeHandled, from: frame.from, receivedAt: performance.now() };
      stream.take({ entry, sequence, request, delivery, replyTo: frame.replyTo });
    }
    if (frame.items.length === 0) this.answers.acknowledge(stream, id);
  }

  /** Leaves a newer release's frame to a replica that can read it, until it expires. */
  private leave(stream: ServedStream, id: string): void {
    stream.leftForNewer.add(id);
    const { commands, options } = this.link;
    giveBack(commands, stream, options.process.id, id, options.claimMs).catch((error: unknown) =>
      this.link.complain('give back', `A request is left to others late: ${(error as Error).message}`),
    );
  }

  private finished(stream: ServedStream, item: Item, reply: Reply | undefined, error?: unknown): void {
    if (!reply) {
      this.link.counters.faults += 1;
      this.link.complain(`fault ${item.request.name}`, `The handler of ${item.request.name} failed: ${String(error)}`);
    }
    this.answers.reply(item, reply);
    this.close(stream, item);
  }

  private expired(stream: ServedStream, item: Item): void {
    this.link.counters.expired += 1;
    this.close(stream, item);
  }

  private close(stream: ServedStream, { entry }: Item): void {
    entry.open -= 1;
    if (entry.open === 0) this.answers.acknowledge(stream, entry.id);
    if (stream.room > 0) this.reader.hasRoom(stream);
  }
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, DRAIN_TICK_MS));
}
