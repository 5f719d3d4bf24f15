import { LRUCache } from 'lru-cache';

/** The caller, its deadline and its priority. */
export interface Asker {
  readonly caller: string;
  /** Urgent work runs before all other; a caller is always one or the other. */
  readonly isUrgent: boolean;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
  /** The key for abandoning the work. */
  readonly request: string | undefined;
}

export interface QueueLimits {
  readonly atOnce: number;
  readonly waiting: number;
  /** The limit of waiting work per caller. */
  readonly perCaller: number;
}

/** Why work was not done; it was not started, unless it was abandoned. */
export class Turned extends Error {
  override readonly name = 'Turned';

  constructor(readonly reason: 'full' | 'late' | 'abandoned') {
    super(`The work was not done: ${reason}`);
  }
}

interface Entry {
  readonly asker: Asker;
  readonly leaving: AbortController;
  readonly begin: () => void;
  readonly refuse: (reason: Turned) => void;
}

/** How long a caller's used time is remembered. */
const REMEMBERED_MS = 60_000;
const REMEMBERED_CALLERS = 10_000;

/**
 * Runs a limited amount of work concurrently; the rest waits in a bounded fair queue. The caller that has used the
 * least time goes first; when the queue is full, the caller with the most waiting work loses its newest.
 */
export class FairQueue {
  private readonly waitingOf = new Map<string, Entry[]>();
  private readonly underWay = new Set<Entry>();
  /** Used milliseconds, relative to the position of the queue when the caller arrived. */
  private readonly hadMs = new LRUCache<string, number>({ max: REMEMBERED_CALLERS, ttl: REMEMBERED_MS });
  private served = 0;
  private count = 0;

  constructor(
    private readonly limits: QueueLimits,
    private readonly now: () => number = Date.now,
  ) {}

  get waiting(): number {
    return this.count;
  }

  get running(): number {
    return this.underWay.size;
  }

  /**
   * @param work gets a signal that aborts when its caller leaves.
   * @throws Turned
   */
  async run<T>(asker: Asker, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const leaving = new AbortController();
    const entry = await this.turn(asker, leaving);
    const began = performance.now();
    try {
      leaving.signal.throwIfAborted();
      return await work(leaving.signal);
    } catch (error) {
      throw leaving.signal.aborted ? new Turned('abandoned') : error;
    } finally {
      this.underWay.delete(entry);
      this.hadMs.set(asker.caller, this.standingOf(asker.caller) + performance.now() - began);
      this.next();
    }
  }

  /** Abandons a request's work: waiting work is dropped, running work is signalled. */
  abandon(request: string): void {
    for (const entry of this.underWay) if (entry.asker.request === request) entry.leaving.abort();
    this.drop(({ asker }) => asker.request === request, 'abandoned');
  }

  private turn(asker: Asker, leaving: AbortController): Promise<Entry> {
    return new Promise((resolve, reject) => {
      const entry: Entry = { asker, leaving, begin: () => resolve(entry), refuse: reject };
      if (this.underWay.size < this.limits.atOnce) return this.start(entry);
      this.drop(({ asker: { deadline } }) => deadline <= this.now(), 'late');
      if (!this.makeRoom(asker)) return reject(new Turned('full'));
      const own = this.waitingOf.get(asker.caller);
      if (own) own.push(entry);
      else this.waitingOf.set(asker.caller, [entry]);
      this.count += 1;
    });
  }

  private start(entry: Entry): void {
    this.underWay.add(entry);
    entry.begin();
  }

  private next(): void {
    while (this.underWay.size < this.limits.atOnce) {
      const entry = this.takeNext();
      if (!entry) return;
      if (entry.asker.deadline <= this.now()) entry.refuse(new Turned('late'));
      else this.start(entry);
    }
  }

  private takeNext(): Entry | undefined {
    let first: { caller: string; standing: number; isUrgent: boolean } | undefined;
    for (const [caller, entries] of this.waitingOf) {
      const { isUrgent } = entries[0]!.asker;
      const standing = this.standingOf(caller);
      const isBefore = !first || (isUrgent === first.isUrgent ? standing < first.standing : isUrgent);
      if (isBefore) first = { caller, standing, isUrgent };
    }
    if (!first) return undefined;
    this.served = Math.max(this.served, first.standing);
    return this.remove(first.caller, 0);
  }

  /** A new caller starts level with the caller served last: idle time earns no credit. */
  private standingOf(caller: string): number {
    return Math.max(this.hadMs.get(caller) ?? 0, this.served);
  }

  /** @returns whether this caller may queue more work. */
  private makeRoom({ caller, isUrgent }: Asker): boolean {
    const own = this.waitingOf.get(caller)?.length ?? 0;
    if (own >= this.limits.perCaller) return false;
    if (this.count < this.limits.waiting) return true;
    const patient = [...this.waitingOf].filter(([, [first]]) => !first!.asker.isUrgent);
    const among = patient.length > 0 || !isUrgent ? patient : [...this.waitingOf];
    if (among.length === 0) return false;
    const [most, entries] = among.reduce((left, right) => (right[1].length > left[1].length ? right : left));
    const yields = entries.length > own + 1 || (isUrgent && patient.length > 0);
    if (yields) this.remove(most, entries.length - 1)!.refuse(new Turned('full'));
    return yields;
  }

  private drop(matches: (entry: Entry) => boolean, reason: Turned['reason']): void {
    for (const [caller, entries] of this.waitingOf) {
      for (let at = entries.length - 1; at >= 0; at--) {
        if (matches(entries[at]!)) this.remove(caller, at)!.refuse(new Turned(reason));
      }
    }
  }

  private remove(caller: string, at: number): Entry | undefined {
    const entries = this.waitingOf.get(caller)!;
    const [entry] = entries.splice(at, 1);
    if (entries.length === 0) this.waitingOf.delete(caller);
    this.count -= 1;
    return entry;
  }
}
