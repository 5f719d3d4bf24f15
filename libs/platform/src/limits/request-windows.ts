import { Injectable } from '@nestjs/common';
import { Clock } from '../time/clock.js';

export const WINDOW_MS = 60_000;
/** Callers beyond this number within a minute share a count, to bound memory. */
const MOST_CALLERS = 100_000;

/** A caller's usage in the current window. */
export interface Usage {
  readonly points: number;
  /** Milliseconds until the next window. */
  readonly endsInMs: number;
}

interface Count {
  points: number;
  endsAt: number;
}

/** Counts points, usually one per request, in windows of a minute, in this process's memory. */
@Injectable()
export class RequestWindows {
  private readonly counts = new Map<string, Count>();
  private nextSweep = 0;

  constructor(private readonly clock: Clock) {}

  /** @param kind callers beyond the tracked maximum share one count per kind */
  hit(kind: string, caller: string, points = 1): Usage {
    const now = this.clock.elapsed();
    if (now >= this.nextSweep) this.sweep(now);
    const own = `${kind} ${caller}`;
    const key = this.counts.has(own) || this.counts.size < MOST_CALLERS ? own : `everybody else, ${kind}`;
    let count = this.counts.get(key);
    if (!count || count.endsAt <= now) this.counts.set(key, (count = { points: 0, endsAt: now + WINDOW_MS }));
    count.points += points;
    return { points: count.points, endsInMs: count.endsAt - now };
  }

  private sweep(now: number): void {
    for (const [caller, count] of this.counts) if (count.endsAt <= now) this.counts.delete(caller);
    this.nextSweep = now + WINDOW_MS;
  }
}
