import type { Reply, Request } from './request.js';

/** An entry of a stream, and how many of its requests are still waited for. */
export interface SentEntry {
  readonly key: string;
  /** Known when Redis has confirmed it. */
  id?: string;
  open: number;
  /** Some caller gave up waiting. */
  hasExpired: boolean;
}

/** A request without a reply. */
export interface Pending {
  /** Which of the client's requests it is: what a reply refers to. */
  readonly sequence: number;
  readonly service: string;
  readonly request: Request;
  /** What travels: batches are measured by it. */
  readonly body: string;
  readonly since: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  /** Told once when Redis has accepted the request. */
  onSent?: () => void;
  isQueued: boolean;
  isSettled: boolean;
  /** It may have reached a handler. */
  mayBeSent: boolean;
  /** It was sent again after it may have reached a handler. */
  wasResent: boolean;
  entry?: SentEntry;
}

/** The requests of a client that have no reply, by sequence number. */
export class PendingRequests {
  private readonly bySequence = new Map<number, Pending>();
  private readonly counts = new Map<string, number>();
  private sequence = 0;
  private nextDeadline = Number.POSITIVE_INFINITY;

  /** @param abandoned told of an entry that nobody waits for any more, though some caller got no reply */
  constructor(private readonly abandoned: (entry: SentEntry) => void) {}

  get size(): number {
    return this.bySequence.size;
  }

  get(sequence: number): Pending | undefined {
    return this.bySequence.get(sequence);
  }

  all(): IterableIterator<Pending> {
    return this.bySequence.values();
  }

  countOf(service: string): number {
    return this.counts.get(service) ?? 0;
  }

  add(service: string, request: Request, caller: Pick<Pending, 'resolve' | 'reject' | 'onSent'>): Pending {
    const pending: Pending = {
      sequence: ++this.sequence,
      service,
      request,
      body: request.body,
      since: Date.now(),
      resolve: caller.resolve,
      reject: caller.reject,
      onSent: caller.onSent,
      isQueued: false,
      isSettled: false,
      mayBeSent: false,
      wasResent: false,
      entry: undefined,
    };
    this.bySequence.set(pending.sequence, pending);
    this.counts.set(service, this.countOf(service) + 1);
    if (request.deadline < this.nextDeadline) this.nextDeadline = request.deadline;
    return pending;
  }

  /** Nobody waits for it any more. */
  settle(pending: Pending): void {
    pending.isSettled = true;
    this.bySequence.delete(pending.sequence);
    const count = this.countOf(pending.service) - 1;
    if (count > 0) this.counts.set(pending.service, count);
    else this.counts.delete(pending.service);
    this.leaveEntry(pending);
  }

  /** It is sent in another entry now, or not at all. */
  leaveEntry(pending: Pending): void {
    const { entry } = pending;
    if (!entry) return;
    pending.entry = undefined;
    entry.open -= 1;
    if (entry.open === 0 && entry.hasExpired) this.abandoned(entry);
  }

  /** Settles what is past its deadline, and returns it. Looks through all of them only when one may be. */
  takeExpired(now: number): Pending[] {
    if (now < this.nextDeadline) return [];
    const expired: Pending[] = [];
    this.nextDeadline = Number.POSITIVE_INFINITY;
    for (const pending of this.bySequence.values()) {
      const { deadline } = pending.request;
      if (deadline <= now) expired.push(pending);
      else if (deadline < this.nextDeadline) this.nextDeadline = deadline;
    }
    for (const pending of expired) {
      if (pending.entry) pending.entry.hasExpired = true;
      this.settle(pending);
    }
    return expired;
  }
}
