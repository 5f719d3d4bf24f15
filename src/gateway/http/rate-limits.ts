import { AppConfig, Clock, networkOf } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { RateLimited } from '../contract/index.js';

const WINDOW_MS = 60_000;
/** More callers than this in one minute share a count: memory stays bounded whoever calls. */
const MOST_CALLERS = 100_000;

interface Count {
  hits: number;
  endsAt: number;
}

/** Counts requests per caller in windows of a minute, in the memory of this process. */
@Injectable()
export class RateLimits {
  private readonly counts = new Map<string, Count>();
  private nextSweep = 0;

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** A request of a user or of an API key. @throws RateLimited */
  admitCaller(subject: string): void {
    this.count('perUser', `user ${subject}`);
  }

  /** A request of nobody we know. @throws RateLimited */
  admitAddress(address: string): void {
    this.count('perAddress', `address ${networkOf(address)}`);
  }

  /** An attempt to register or to sign in. @throws RateLimited */
  admitSignIn(address: string): void {
    this.count('perAddressLogin', `sign-in ${networkOf(address)}`);
  }

  private count(limit: keyof AppConfig['rateLimits'], caller: string): void {
    const now = this.clock.now().getTime();
    if (now >= this.nextSweep) this.sweep(now);
    const key = this.counts.has(caller) || this.counts.size < MOST_CALLERS ? caller : `everybody else, ${limit}`;
    let count = this.counts.get(key);
    if (!count || count.endsAt <= now) this.counts.set(key, (count = { hits: 0, endsAt: now + WINDOW_MS }));
    count.hits += 1;
    if (count.hits > this.config.rateLimits[limit]) {
      throw new RateLimited(limit, Math.ceil((count.endsAt - now) / 1000));
    }
  }

  private sweep(now: number): void {
    for (const [caller, count] of this.counts) if (count.endsAt <= now) this.counts.delete(caller);
    this.nextSweep = now + WINDOW_MS;
  }
}
