import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

export const WINDOW_MS = 60_000;
/** More callers than this in one minute share a count: memory stays bounded. */
const MOST_CALLERS = 100_000;

/** What a caller has asked in the window that runs. */
export interface Usage {
  readonly hits: number;
  /** Milliseconds until the next window. */
  readonly endsInMs: number;
}

interface Count {
  hits: number;
  endsAt: number;
}

/** Counts requests in windows of a minute, in the memory of this process. */
@Injectable()
export class RequestWindows {
  private readonly counts = new Map<string, Count>();
  private nextSweep = 0;

  constructor(private readonly clock: Clock) {}

  /** @param kind those past the most callers are counted together, by kind */
  hit(kind: string, caller: string): Usage {
    const now = this.clock.elapsed();
    if (now >= this.nextSweep) this.sweep(now);
    const own = `${kind} ${caller}`;
    const key = this.counts.has(own) || this.counts.size < MOST_CALLERS ? own : `everybody else, ${kind}`;
    let count = this.counts.get(key);
    if (!count || count.endsAt <= now) this.counts.set(key, (count = { hits: 0, endsAt: now + WINDOW_MS }));
    count.hits += 1;
    return { hits: count.hits, endsInMs: count.endsAt - now };
  }

  private sweep(now: number): void {
    for (const [caller, count] of this.counts) if (count.endsAt <= now) this.counts.delete(caller);
    this.nextSweep = now + WINDOW_MS;
  }
}
