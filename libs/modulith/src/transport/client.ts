import { randomUUID } from 'node:crypto';
import { batchesOf } from './batches.js';
import { Gathering } from './gathering.js';
import { isAnswer, isUnsent } from './connection.js';
import { sign, type Frame } from './frame.js';
import { isProcess } from './keys.js';
import type { StreamsLink } from './link.js';
import { type Pending, PendingRequests, type SentEntry } from './pending-requests.js';
import { RequestQueues } from './request-queues.js';
import type { Reply, Request } from './request.js';
import { FAULT, OK, requestHead, type ReplyHead } from './wire.js';

export type { Reply, Request } from './request.js';

/** The maximum number of requests per stream entry: one replica handles a whole entry. */
export const MAX_ITEMS = 64;
const MAX_LENGTH = 256 * 1024;
/** The space reserved for the heads in a frame, besides its bodies. */
const HEADS_LENGTH = 256 * 1024;
/** The maximum delay in noticing a deadline. */
const TICK_MS = 20;
/** How long after a rejection by Redis requests are retried. */
const RETRY_MS = 100;
/** A stream without readers and writers expires after a day. */
const STREAM_LIFE_MS = 24 * 3_600_000;

/** Not executed: Redis (or the addressed process) was unavailable too long, or the request is too large. */
export class NotSent extends Error {
  override readonly name = 'NotSent';

  constructor(readonly reason: 'away' | 'too_large') {
    super(
      reason === 'away' ? 'The request could not be sent: Redis or its receiver is away' : 'The request is too large',
    );
  }
}

/** No answer: the deadline passed, the client stopped, or the handler failed. The request may have been executed. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';

  constructor(readonly reason: 'deadline' | 'stopped' | 'fault') {
    super(`The request was not answered: ${reason}`);
  }
}

/**
 * Sends requests to services and receives the replies. The requests of one tick to a service form one signed entry of
 * its stream; replies come over a channel of the client's own.
 *
 * A request is executed at least once or its promise rejects; it may be executed more than once if a process or Redis
 * fails meanwhile. Receivers that are not idempotent must remember the ids.
 */
export class StreamsClient {
  private readonly channel: string;
  private readonly pending = new PendingRequests((entry) => this.takeBack(entry));
  private readonly queues = new RequestQueues();
  /** When each stream's expiry was last extended. */
  private readonly kept = new Map<string, number>();
  private readonly gathering = new Gathering(() => this.flush());
  private ticking?: NodeJS.Timeout;
  private isStopped = false;

  constructor(private readonly link: StreamsLink) {
    this.channel = link.keys.channel(`replies:${link.options.process.id}:${randomUUID()}`);
  }

  /** Starts listening for replies. Requests made before wait. */
  async start(): Promise<void> {
    this.link.onConnected(() => this.sendAllAgain());
    this.link.onDataLost(() => this.sendAllAgain());
    await this.link.listen(this.channel, (frame) => this.receive(frame));
  }

  /** Rejects pending requests with `Unanswered`. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const pending of this.pending.all()) {
      const wasSent = pending.mayBeSent || !pending.isQueued;
      this.fail(pending, wasSent ? new Unanswered('stopped') : new NotSent('away'));
    }
    this.queues.clear();
    clearInterval(this.ticking);
    if (!this.link.isStopped) await this.link.unlisten(this.channel);
  }

  /**
   * Sends a request to a service: one of its replicas answers. `@<process id>` addresses that process.
   *
   * @param onSent called once Redis has accepted the request
   * @throws NotSent it was not executed
   * @throws Unanswered it may have been executed
   */
  request(service: string, request: Request, onSent?: () => void): Promise<Reply> {
    if (this.isStopped) return Promise.reject(new NotSent('away'));
    if (request.body.length * 3 > this.link.options.maxFrameBytes && this.isTooLarge(request)) {
      return Promise.reject(new NotSent('too_large'));
    }
    return new Promise((resolve, reject) => {
      this.ticking ??= setInterval(() => this.tick(), TICK_MS);
      this.enqueue(this.pending.add(service, request, { resolve, reject, onSent }));
    });
  }

  /** Resends pending requests with the same ids, after the process that may have held them died. */
  resend(predicate: (service: string) => boolean): void {
    for (const pending of this.pending.all()) {
      if (pending.isQueued || !predicate(pending.service)) continue;
      pending.mayBeSent = true;
      this.link.counters.resent += 1;
      this.enqueue(pending);
    }
  }

  /** The number of unanswered requests to a service. */
  pendingOf(service: string): number {
    return this.pending.countOf(service);
  }

  private isTooLarge({ body }: Request): boolean {
    return Buffer.byteLength(body) > this.link.options.maxFrameBytes;
  }

  private sendAllAgain(): void {
    this.kept.clear();
    this.resend(() => true);
    this.wake();
  }

  private enqueue(pending: Pending): void {
    this.queues.add(pending);
    this.wake();
  }

  private wake(): void {
    if (this.link.isConnected && !this.isStopped) this.gathering.wake(this.pending.size);
  }

  private flush(): void {
    if (!this.link.isConnected || this.isStopped) return;
    for (const [service, queue] of this.queues.takeReady()) {
      for (const batch of batchesOf(queue, MAX_ITEMS, MAX_LENGTH)) this.send(service, batch);
    }
  }

  private send(service: string, batch: Pending[]): void {
    const { commands, counters, keys, options, signingKey } = this.link;
    const key = keys.requests(service);
    const entry: SentEntry = { key, open: batch.length, hasExpired: false };
    let expires = 0;
    const items = batch.map((pending) => {
      this.pending.leaveEntry(pending);
      pending.isQueued = false;
      pending.wasResent ||= pending.mayBeSent;
      pending.entry = entry;
      if (pending.request.deadline > expires) expires = pending.request.deadline;
      return { head: requestHead(pending.sequence, pending.request, pending.mayBeSent), body: pending.body };
    });
    const frame = sign(signingKey, key, { from: options.process.id, replyTo: this.channel, expires, items });
    if (frame.length > options.maxFrameBytes + HEADS_LENGTH) return this.tooLarge(service, batch);
    counters.framesOut += 1;
    counters.itemsOut += items.length;
    const added = isProcess(service)
      ? commands.xadd(key, 'NOMKSTREAM', '*', 'f', frame)
      : commands.xadd(key, '*', 'f', frame);
    added.then(
      (id) => (id ? this.sent(entry, batch, id) : this.notSent(service, entry, batch, false)),
      (error: unknown) => this.notSent(service, entry, batch, !isAnswer(error) && !isUnsent(error)),
    );
    if (!isProcess(service)) this.keep(key);
  }

  /** The heads are too large: the bodies were checked before. */
  private tooLarge(service: string, batch: Pending[]): void {
    if (batch.length > 1) return batch.forEach((pending) => this.send(service, [pending]));
    this.fail(batch[0]!, new NotSent('too_large'));
  }

  private sent(entry: SentEntry, batch: readonly Pending[], id: string): void {
    entry.id = id;
    if (entry.open === 0) this.takeBack(entry);
    for (const pending of batch) {
      pending.mayBeSent = true;
      pending.onSent?.();
      pending.onSent = undefined;
    }
  }

  private notSent(service: string, entry: SentEntry, batch: readonly Pending[], maybe: boolean): void {
    this.queues.delay(service, RETRY_MS);
    for (const pending of batch) {
      if (pending.isSettled || pending.entry !== entry) continue;
      pending.entry = undefined;
      pending.mayBeSent ||= maybe;
      this.enqueue(pending);
    }
  }

  /** The stream outlives its writers and readers by a day. */
  private keep(key: string): void {
    const now = Date.now();
    if (now - (this.kept.get(key) ?? 0) < STREAM_LIFE_MS / 24) return;
    this.kept.set(key, now);
    this.link.commands.pexpire(key, STREAM_LIFE_MS).catch(() => this.kept.delete(key));
  }

  private receive(frame: Frame): void {
    for (const { head, body } of frame.items) {
      const [sequence, status, meta] = head as ReplyHead;
      const pending = this.pending.get(sequence);
      if (!pending) {
        this.link.counters.lateReplies += 1;
      } else if (status === FAULT) {
        this.fail(pending, new Unanswered('fault'));
      } else {
        this.pending.settle(pending);
        pending.resolve({ ok: status === OK, meta, body, wasResent: pending.wasResent || undefined });
      }
    }
  }

  private fail(pending: Pending, error: Error): void {
    this.pending.settle(pending);
    pending.reject(error);
  }

  /** Removes requests that no caller waits for: without a reader they would stay in the stream for ever. */
  private takeBack(entry: SentEntry): void {
    if (!entry.hasExpired || !entry.id || !this.link.isConnected) return;
    // If the removal fails, a reader sees that the deadline has passed.
    this.link.commands.xdel(entry.key, entry.id).catch(() => undefined);
  }

  private tick(): void {
    const now = Date.now();
    for (const { reject, isQueued, mayBeSent } of this.pending.takeExpired(now)) {
      reject(isQueued && !mayBeSent ? new NotSent('away') : new Unanswered('deadline'));
    }
    if (!this.queues.isEmpty) {
      const impatient = this.queues.takeImpatient(now - this.link.options.patienceMs);
      for (const pending of impatient) this.fail(pending, new NotSent('away'));
      this.wake();
    }
    if (this.pending.size > 0) return;
    clearInterval(this.ticking);
    this.ticking = undefined;
  }
}
