import { currentMessage } from '@aitbc/modulith';
import { AppConfig, networkOf, RateWindows, type Standing } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';

const KIND = 'rpc';

/** The rate limit of JSON-RPC: separate from the rest of the API, and weighted. */
@Injectable()
export class RpcLimits {
  private readonly most: number;

  constructor(
    config: AppConfig,
    private readonly windows: RateWindows,
  ) {
    this.most = config.rateLimits.rpcPoints;
  }

  /**
   * A call beyond the limit costs one point: the caller can ask for less, but failing is not free.
   * @param address the caller's address, its identity unless signed in.
   */
  async take(address: string, weight: number): Promise<Standing> {
    const subject = currentMessage()?.principal?.subject;
    const caller = subject === undefined ? `address ${networkOf(address)}` : `user ${subject}`;
    const { points, endsInMs } = await this.windows.hit(KIND, caller, weight);
    const { most } = this;
    if (points > most && weight > 1) await this.windows.hit(KIND, caller, 1 - weight);
    return { limit: KIND, most, remaining: most - points, resetSeconds: Math.max(1, Math.ceil(endsInMs / 1_000)) };
  }
}
