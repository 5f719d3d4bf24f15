import { AppConfig, networkOf, RateWindows, type Standing } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { RateLimited } from '../contract/index.js';

export type Limit = keyof AppConfig['rateLimits'];

/** Requests per minute and caller: counted across all replicas if there is Redis. */
@Injectable()
export class RateLimits {
  constructor(
    private readonly config: AppConfig,
    private readonly windows: RateWindows,
  ) {}

  /** A request of a user or of an API key. */
  ofCaller(subject: string): Promise<Standing<Limit>> {
    return this.count('perUser', subject);
  }

  /** A request of an anonymous caller. */
  ofAddress(address: string): Promise<Standing<Limit>> {
    return this.count('perAddress', networkOf(address));
  }

  /** An attempt to register or sign in. */
  ofSignIn(address: string): Promise<Standing<Limit>> {
    return this.count('perAddressLogin', networkOf(address));
  }

  private async count(limit: Limit, caller: string): Promise<Standing<Limit>> {
    const { points, endsInMs } = await this.windows.hit(limit, caller);
    const most = this.config.rateLimits[limit];
    return { limit, most, remaining: most - points, resetSeconds: Math.max(1, Math.ceil(endsInMs / 1_000)) };
  }
}

/** @throws RateLimited */
export function mustBeWithin({ limit, remaining, resetSeconds }: Standing<Limit>): void {
  if (remaining < 0) throw new RateLimited(limit, resetSeconds);
}
