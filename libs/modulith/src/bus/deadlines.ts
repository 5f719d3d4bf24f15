/** How late a deadline may be noticed. */
const TICK_MS = 20;

interface Waiting {
  readonly deadline: number;
  readonly expire: () => void;
}

const waiting = new Set<Waiting>();
let ticking: NodeJS.Timeout | undefined;

/**
 * Answers as `work` does, or fails with what `late` makes once the deadline (milliseconds since the epoch) has passed.
 * One clock looks after all calls under way: a timer for each would cost as much as the call.
 */
export function beforeDeadline<T>(work: Promise<T>, deadline: number, late: () => Error): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const entry: Waiting = { deadline, expire: () => reject(late()) };
    waiting.add(entry);
    ticking ??= setInterval(expireLate, TICK_MS);
    work.then(
      (value) => {
        waiting.delete(entry);
        resolve(value);
      },
      (error: unknown) => {
        waiting.delete(entry);
        reject(error as Error);
      },
    );
  });
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
