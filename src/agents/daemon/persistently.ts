import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformAway } from './platform-client.js';

export interface Backoff {
  firstMs: number;
  mostMs: number;
}

export const defaultBackoff: Backoff = { firstMs: 500, mostMs: 30_000 };

/** However long the platform asks to wait: somebody may have mended it meanwhile. */
const MOST_ASKED_MS = 300_000;

/**
 * Repeats a request until the platform is there to answer it. Waits are random up to a bound that doubles, so that
 * agents do not all come back at the same moment; what the platform asks for makes them longer, never shorter.
 */
export async function persistently<Answer>(
  request: () => Promise<Answer>,
  {
    signal,
    onAway,
    backoff = defaultBackoff,
  }: { signal: AbortSignal; onAway: (why: string) => void; backoff?: Backoff },
): Promise<Answer> {
  for (let bound = backoff.firstMs; ; bound = Math.min(bound * 2, backoff.mostMs)) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof PlatformAway) || signal.aborted) throw error;
      onAway(error.message);
      await sleep(waitMs(bound, error.retryAfterMs, Math.random()), undefined, { signal });
    }
  }
}

/**
 * How long to wait, in milliseconds.
 * @param bound of this turn
 * @param asked by the platform
 * @param chance from 0 to 1
 */
export function waitMs(bound: number, asked: number | undefined, chance: number): number {
  const own = bound * (0.5 + chance / 2);
  if (asked === undefined) return own;
  return Math.max(own, Math.min(asked, MOST_ASKED_MS) * (1 + chance / 4));
}
