import type { ChainableCommander } from 'ioredis';
import { batchesOf } from './batches.js';
import { sign, type FrameItem } from './frame.js';
import { Gathering } from './gathering.js';
import { GROUP } from './group.js';
import type { StreamsLink } from './link.js';
import type { Item, ServedStream } from './served-stream.js';
import { FAULT, replyHead } from './wire.js';
import type { Reply } from './request.js';

/** The minimum lifetime of a reply, whatever the deadline: clocks differ. */
const REPLY_LIFE_MS = 60_000;
const MAX_ITEMS = 256;
const MAX_LENGTH = 256 * 1024;
const RETRY_MS = 100;

interface Answer extends FrameItem {
  readonly deadline: number;
}

interface Batch {
  readonly channel: string;
  readonly answers: readonly Answer[];
}

interface Acknowledgement {
  readonly stream: ServedStream;
  readonly ids: readonly string[];
}

/**
 * Sends a server's replies and acknowledgements: the replies of one tick, by client, and the acknowledgements of fully
 * answered entries, in one round trip. Resends what Redis did not confirm.
 */
export class Answers {
  private readonly replies = new Map<string, Answer[]>();
  private readonly answered = new Map<ServedStream, string[]>();
  private readonly gathering = new Gathering(() => this.flush());
  private retrying?: NodeJS.Timeout;
  private underWay = 0;

  /** @param inFlight the number of requests in progress */
  constructor(
    private readonly link: StreamsLink,
    private readonly inFlight: () => number,
  ) {
    link.onConnected(() => this.wake());
  }

  /** Nothing is left to send, and Redis has confirmed everything. */
  get isEmpty(): boolean {
    return this.replies.size === 0 && this.answered.size === 0 && this.underWay === 0;
  }

  /** Without a reply, the client is told that there is none. */
  reply(item: Item, reply: Reply | undefined): void {
    const canTravel = reply && !this.isTooLarge(reply);
    const head = canTravel ? replyHead(item.sequence, reply) : [item.sequence, FAULT];
    const answer = { head, body: canTravel ? reply.body : '', deadline: item.request.deadline };
    const answers = this.replies.get(item.replyTo);
    if (answers) answers.push(answer);
    else this.replies.set(item.replyTo, [answer]);
    this.wake();
  }

  /** Marks the entry as done and removes it from the stream. */
  acknowledge(stream: ServedStream, id: string): void {
    const ids = this.answered.get(stream);
    if (ids) ids.push(id);
    else this.answered.set(stream, [id]);
    this.wake();
  }

  private isTooLarge({ body }: Reply): boolean {
    const { maxFrameBytes } = this.link.options;
    return body.length * 3 > maxFrameBytes && Buffer.byteLength(body) > maxFrameBytes;
  }

  private wake(): void {
    // What Redis just failed to confirm is not retried immediately.
    if (this.link.isConnected && !this.retrying) this.gathering.wake(this.inFlight());
  }

  private flush(): void {
    this.retrying = undefined;
    if (!this.link.isConnected || (this.replies.size === 0 && this.answered.size === 0)) return;
    const batches = this.takeReplies();
    const acknowledgements = [...this.answered].map(([stream, ids]) => ({ stream, ids }));
    this.answered.clear();
    const pipeline = this.link.commands.pipeline();
    for (const batch of batches) this.addReplies(pipeline, batch);
    for (const { stream, ids } of acknowledgements) {
      pipeline.xack(stream.key, GROUP, ...ids);
      pipeline.xdel(stream.key, ...ids);
    }
    this.underWay += 1;
    pipeline.exec().then(
      (results) => this.sent(batches, acknowledgements, results?.every(([error]) => !error) ?? false),
      () => this.sent(batches, acknowledgements, false),
    );
  }

  private takeReplies(): Batch[] {
    const batches: Batch[] = [];
    for (const [channel, answers] of this.replies) {
      for (const batch of batchesOf(answers, MAX_ITEMS, MAX_LENGTH)) batches.push({ channel, answers: batch });
    }
    this.replies.clear();
    return batches;
  }

  private addReplies(pipeline: ChainableCommander, { channel, answers }: Batch): void {
    const { counters, options, signingKey } = this.link;
    const expires = Date.now() + REPLY_LIFE_MS;
    const frame = { from: options.process.id, replyTo: '', expires, items: answers };
    counters.framesOut += 1;
    counters.itemsOut += answers.length;
    pipeline.publish(channel, sign(signingKey, channel, frame));
  }

  private sent(batches: readonly Batch[], acknowledgements: readonly Acknowledgement[], isConfirmed: boolean): void {
    this.underWay -= 1;
    if (!isConfirmed) return this.putBack(batches, acknowledgements);
    for (const { stream, ids } of acknowledgements) for (const id of ids) stream.held.delete(id);
  }

  /** Both are idempotent: a client ignores a duplicate reply, and Redis an entry that is gone. */
  private putBack(batches: readonly Batch[], acknowledgements: readonly Acknowledgement[]): void {
    const now = Date.now();
    for (const { channel, answers } of batches) {
      const wanted = answers.filter((answer) => answer.deadline > now);
      if (wanted.length > 0) this.replies.set(channel, [...wanted, ...(this.replies.get(channel) ?? [])]);
    }
    for (const { stream, ids } of acknowledgements) {
      this.answered.set(stream, [...ids, ...(this.answered.get(stream) ?? [])]);
    }
    this.retrying ??= setTimeout(() => this.flush(), RETRY_MS);
  }
}
