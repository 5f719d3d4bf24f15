import { AppConfig, networkOf, RateWindows, WINDOW_MS } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { RateLimited } from '../contract/index.js';

type Limit = keyof AppConfig['rateLimits'];

/** Where a caller stands: the fields of the header `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
export interface Standing {
  readonly limit: Limit;
  readonly most: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/** How often a caller may ask in a minute: counted for all replicas together where there is Redis. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly config: AppConfig,
    private readonly windows: RateWindows,
  ) {}

  /** A request of a user or of an API key. */
  ofCaller(subject: string): Promise<Standing> {
    return this.count('perUser', subject);
  }

  /** A request without a known caller. */
  ofAddress(address: string): Promise<Standing> {
    return this.count('perAddress', networkOf(address));
  }

  /** An attempt to register or to sign in. */
  ofSignIn(address: string): Promise<Standing> {
    return this.count('perAddressLogin', networkOf(address));
  }

  private async count(limit: Limit, caller: string): Promise<Standing> {
    const { points, endsInMs } = await this.windows.hit(limit, caller);
    const most = this.config.rateLimits[limit];
    return { limit, most, remaining: most - points, resetSeconds: Math.max(1, Math.ceil(endsInMs / 1_000)) };
  }
}

/** @throws RateLimited */
export function mustBeWithin({ limit, remaining, resetSeconds }: Standing): void {
  if (remaining < 0) throw new RateLimited(limit, resetSeconds);
}

export function rateLimitHeaders({ limit, most, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    'ratelimit-policy': `"${limit}";q=${most};w=${WINDOW_MS / 1_000}`,
    ratelimit: `"${limit}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  };
}
