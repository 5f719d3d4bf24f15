import type { Reply, Request } from './request.js';

/** How a request came. */
export interface Delivery {
  /**
   * It may have been delivered before: the client sent it again, or it was taken over from another consumer. False does
   * not prove the contrary: a repetition can overtake what it repeats.
   */
  readonly again: boolean;
  /** The process that asks. */
  readonly from: string;
  /** When it came, by `performance.now()`: another may have taken it over when that is long ago. */
  readonly receivedAt: number;
}

/** Answers a request. A handler says with `ok: false` that it refused; one that throws leaves the caller in doubt. */
export type Serve = (request: Request, delivery: Delivery) => Promise<Reply>;

/** An entry of a stream that this process holds: delivered to it, and not acknowledged. */
export interface HeldEntry {
  readonly id: string;
  /** How many of its requests are not answered. */
  open: number;
}

/** One request of a held entry. */
export interface Item {
  readonly entry: HeldEntry;
  readonly sequence: number;
  readonly request: Request;
  readonly delivery: Delivery;
  readonly replyTo: string;
}

interface Handling {
  readonly work: Promise<Reply>;
  readonly deadline: number;
}

/** A stream of requests that this process serves, and what it has in hand of it. */
export class ServedStream {
  /** By entry id, until Redis has confirmed the acknowledgement. */
  readonly held = new Map<string, HeldEntry>();
  /** Frames of a newer release, left for a replica that knows them. */
  readonly leftForNewer = new Set<string>();
  /** What cannot start yet, because `maxInFlight` others are being handled. */
  private readonly waiting: Item[] = [];
  private readonly handling = new Map<string, Handling>();
  private running = 0;
  private lastDeadline = 0;

  constructor(
    readonly service: string,
    readonly key: string,
    private readonly handler: Serve,
    readonly maxInFlight: number,
    private readonly finished: (stream: ServedStream, item: Item, reply: Reply | undefined, error?: unknown) => void,
    private readonly expired: (stream: ServedStream, item: Item) => void,
  ) {}

  get inFlight(): number {
    return this.running + this.waiting.length;
  }

  /** How many more requests it takes. */
  get room(): number {
    return this.maxInFlight - this.inFlight;
  }

  /** Whether somebody may still wait for an answer to what is in hand. */
  get isAwaited(): boolean {
    return this.inFlight > 0 && Date.now() < this.lastDeadline;
  }

  /** Handles a request now, or when its turn comes. */
  take(item: Item): void {
    if (item.request.deadline > this.lastDeadline) this.lastDeadline = item.request.deadline;
    if (this.running < this.maxInFlight) this.start(item);
    else this.waiting.push(item);
  }

  private start(item: Item): void {
    if (item.request.deadline <= Date.now()) return this.expired(this, item);
    const { id } = item.request;
    const already = this.handling.get(id);
    if (already) return this.follow(already, item);
    this.running += 1;
    const work = this.handle(item);
    this.handling.set(id, { work, deadline: item.request.deadline });
    const end = () => {
      this.handling.delete(id);
      this.running -= 1;
    };
    work.then(end, end);
    work.then(
      (reply) => this.end(item, reply),
      (error: unknown) => this.end(item, undefined, error),
    );
  }

  private handle(item: Item): Promise<Reply> {
    try {
      return this.handler(item.request, item.delivery);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * A repetition of what is being handled takes no place of its own: it gets the same answer. Unless that is a failure
   * and this one has more time: the first may have failed for want of it.
   */
  private follow({ work, deadline }: Handling, item: Item): void {
    const hasMoreTime = item.request.deadline > deadline;
    work.then(
      (reply) => (reply.ok || !hasMoreTime ? this.end(item, reply) : this.take(item)),
      (error: unknown) => (hasMoreTime ? this.take(item) : this.end(item, undefined, error)),
    );
  }

  private end(item: Item, reply: Reply | undefined, error?: unknown): void {
    this.finished(this, item, reply, error);
    while (this.running < this.maxInFlight && this.waiting.length > 0) this.start(this.waiting.shift()!);
  }
}
