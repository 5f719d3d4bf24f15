import { currentMessage } from '@aitbc/modulith';
import { type Admission, AppConfig, networkOf, RateLimiter } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

const WINDOW_SECONDS = 60;

/** What a caller may ask of JSON-RPC: apart from the requests of the rest of the API, and counted by weight. */
@Injectable()
export class RpcLimits {
  private readonly limiter: RateLimiter;

  constructor(config: AppConfig) {
    this.limiter = new RateLimiter({ points: config.rateLimits.rpcPoints, seconds: WINDOW_SECONDS });
  }

  /** @param address of the caller, who is known by it unless signed in. */
  take(address: string, weight: number): Promise<Admission> {
    const subject = currentMessage()?.principal?.subject;
    return this.limiter.take(subject === undefined ? `address ${networkOf(address)}` : `user ${subject}`, weight);
  }

  get points(): number {
    return this.limiter.limit.points;
  }
}
