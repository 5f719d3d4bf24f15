import { setTimeout as sleep } from 'node:timers/promises';
import { PlatformAway } from './platform-client.js';

export interface Backoff {
  firstMs: number;
  mostMs: number;
}

export const defaultBackoff: Backoff = { firstMs: 500, mostMs: 30_000 };

/**
 * Repeats a request until the platform is there to answer it. Waits are random up to a bound that doubles, so that
 * agents do not all come back at the same moment.
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
      await sleep(error.retryAfterMs ?? bound * (0.5 + Math.random() / 2), undefined, { signal });
    }
  }
}
