import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';

/** More callers than this in one window share a count: memory stays bounded, however many addresses call. */
const MOST_CALLERS = 100_000;
const EVERYBODY_ELSE = 'everybody else';

export interface RateLimit {
  /** What a caller may spend in one window. */
  readonly points: number;
  readonly seconds: number;
}

export interface Admission {
  readonly isAdmitted: boolean;
  /** What the caller has left in this window. */
  readonly remaining: number;
  /** Seconds until the window ends. */
  readonly resetSeconds: number;
}

/** Counts what callers spend, in the memory of this process. */
export class RateLimiter {
  private readonly limiter: RateLimiterMemory;
  private callers = new Set<string>();
  private nextWindow = 0;

  constructor(readonly limit: RateLimit) {
    this.limiter = new RateLimiterMemory({ points: limit.points, duration: limit.seconds });
  }

  /** Spends the points, or one where there are not as many left: what was refused may be asked for again in smaller parts. */
  async take(caller: string, points = 1): Promise<Admission> {
    const key = this.keyOf(caller);
    try {
      return admission(true, await this.limiter.consume(key, points));
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      return admission(false, await this.limiter.reward(key, points - 1));
    }
  }

  private keyOf(caller: string): string {
    const now = performance.now();
    if (now >= this.nextWindow) {
      this.callers = new Set();
      this.nextWindow = now + this.limit.seconds * 1000;
    }
    if (!this.callers.has(caller) && this.callers.size >= MOST_CALLERS) return EVERYBODY_ELSE;
    this.callers.add(caller);
    return caller;
  }
}

function admission(isAdmitted: boolean, { remainingPoints, msBeforeNext }: RateLimiterRes): Admission {
  return { isAdmitted, remaining: remainingPoints, resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)) };
}
