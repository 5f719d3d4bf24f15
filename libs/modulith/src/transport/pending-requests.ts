import type { Reply, Request } from './request.js';

/** A stream entry, and the number of its requests still waiting for a reply. */
export interface SentEntry {
  readonly key: string;
  /** Set when Redis has confirmed it. */
  id?: string;
  open: number;
  /** At least one caller gave up waiting. */
  hasExpired: boolean;
}

/** A request without a reply. */
export interface Pending {
  /** The request's number at this client: replies refer to it. */
  readonly sequence: number;
  readonly service: string;
  readonly request: Request;
  /** The encoded request; batch sizes are computed from it. */
  readonly body: string;
  readonly since: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
  /** Called once when Redis has accepted the request. */
  onSent?: () => void;
  isQueued: boolean;
  isSettled: boolean;
  /** It may have reached a handler. */
  mayBeSent: boolean;
  /** It was resent after it may have reached a handler. */
  wasResent: boolean;
  entry?: SentEntry;
}

/** A client's unanswered requests, by sequence number. */
export class PendingRequests {
  private readonly bySequence = new Map<number, Pending>();
  private readonly counts = new Map<string, number>();
  private sequence = 0;
  private nextDeadline = Number.POSITIVE_INFINITY;

  /** @param abandoned called for an entry that no caller waits for any more, if at least one got no reply */
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

  /** Removes a request whose caller no longer waits. */
  settle(pending: Pending): void {
    pending.isSettled = true;
    this.bySequence.delete(pending.sequence);
    const count = this.countOf(pending.service) - 1;
    if (count > 0) this.counts.set(pending.service, count);
    else this.counts.delete(pending.service);
    this.leaveEntry(pending);
  }

  /** Detaches a request from its entry: it is resent in another one, or not at all. */
  leaveEntry(pending: Pending): void {
    const { entry } = pending;
    if (!entry) return;
    pending.entry = undefined;
    entry.open -= 1;
    if (entry.open === 0 && entry.hasExpired) this.abandoned(entry);
  }

  /** Settles and returns expired requests. Scans all of them only when one may have expired. */
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
