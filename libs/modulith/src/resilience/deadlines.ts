/** The maximum delay in noticing a deadline. */
const TICK_MS = 20;

interface Waiting {
  readonly deadline: number;
  readonly expire: () => void;
}

const waiting = new Set<Waiting>();
let ticking: NodeJS.Timeout | undefined;

export interface Outcome<T> {
  readonly done: (value: T) => void;
  readonly failed: (error: unknown) => void;
  readonly late: () => void;
}

/**
 * Returns whether `work` settled before the deadline (milliseconds since the epoch). One timer watches all calls: a
 * timer per call would cost as much as the call.
 */
export function watchDeadline<T>(work: Promise<T>, deadline: number, outcome: Outcome<T>): void {
  const entry: Waiting = { deadline, expire: outcome.late };
  waiting.add(entry);
  ticking ??= setInterval(expireLate, TICK_MS);
  work.then(
    (value) => waiting.delete(entry) && outcome.done(value),
    (error: unknown) => waiting.delete(entry) && outcome.failed(error),
  );
}

function expireLate(): void {
  const now = Date.now();
  for (const entry of waiting) {
    if (entry.deadline > now) continue;
    waiting.delete(entry);
    entry.expire();
  }
  if (waiting.size > 0) return;
  clearInterval(ticking);
  ticking = undefined;
}
