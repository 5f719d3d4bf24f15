import type { Reply, Request } from './request.js';

/** How a request was delivered. */
export interface Delivery {
  /**
   * It may have been delivered before: the client resent it, or it was taken over from another consumer. False is no
   * proof: a duplicate can overtake the original.
   */
  readonly again: boolean;
  /** The requesting process. */
  readonly from: string;
  /** When it was received, by `performance.now()`: if that is long ago, another process may have taken it over. */
  readonly receivedAt: number;
}

/** Answers a request. A handler returns `ok: false` to refuse; if it throws, the outcome is unknown to the caller. */
export type Serve = (request: Request, delivery: Delivery) => Promise<Reply>;

/** A stream entry that this process holds: delivered, but not acknowledged. */
export interface HeldEntry {
  readonly id: string;
  /** The number of its unanswered requests. */
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

/** A request stream that this process serves, with the entries in progress. */
export class ServedStream {
  /** By entry id, until Redis has confirmed the acknowledgement. */
  readonly held = new Map<string, HeldEntry>();
  /** Frames of a newer release, left for a replica that can read them. */
  readonly leftForNewer = new Set<string>();
  /** Items that wait because `maxInFlight` others are in progress. */
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

  /** How many more requests it can accept. */
  get room(): number {
    return this.maxInFlight - this.inFlight;
  }

  /** Whether a caller may still wait for an answer to a request in progress. */
  get isAwaited(): boolean {
    return this.inFlight > 0 && Date.now() < this.lastDeadline;
  }

  /** Handles a request now, or when there is room. */
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
   * A duplicate of a request in progress takes no slot: it gets the same answer. Except if that fails and the duplicate
   * has a later deadline: the first may have failed for lack of time.
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
