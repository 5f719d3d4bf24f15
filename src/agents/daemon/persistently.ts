import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformAway } from './platform-client.js';

export interface Backoff {
  firstMs: number;
  mostMs: number;
}

export const defaultBackoff: Backoff = { firstMs: 500, mostMs: 30_000 };

/** Caps the delay that the platform requests: the cause may be fixed earlier. */
const MOST_ASKED_MS = 300_000;

/**
 * Retries a request until the platform is available to answer it. Delays are random up to a bound that doubles, so that
 * agents do not all return at the same moment; the platform's requested delay only lengthens them.
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
 * The delay in milliseconds.
 * @param bound of this attempt
 * @param asked by the platform
 * @param chance from 0 to 1
 */
export function waitMs(bound: number, asked: number | undefined, chance: number): number {
  const own = bound * (0.5 + chance / 2);
  if (asked === undefined) return own;
  return Math.max(own, Math.min(asked, MOST_ASKED_MS) * (1 + chance / 4));
}
