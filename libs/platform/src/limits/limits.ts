import { LimitReached } from '@aitbc/modulith';
import { Inject, Injectable } from '@nestjs/common';
import type { EvaluationContext } from '@openfeature/server-sdk';
import { type FlagClient, FLAGS } from '../flags/flag-client.js';
import { type LimitName, limitKey, limits } from './declared-limits.js';

/** How much a user may have, as operators have set it. Asked in memory, for the caller of the current message. */
@Injectable()
export class Limits {
  constructor(@Inject(FLAGS) private readonly flags: FlagClient) {}

  /** @param context whom it is for, where that is not the caller */
  async of(name: LimitName, context?: EvaluationContext): Promise<number> {
    const { fallback } = limits[name];
    const value = await this.flags.getNumberValue(limitKey(name), fallback, context);
    return Number.isSafeInteger(value) && value >= 0 ? value : fallback;
  }

  /**
   * Refuses what goes past a limit.
   * @param after how much the caller would have
   * @throws LimitReached
   */
  async allow(name: LimitName, after: number): Promise<void> {
    const most = await this.of(name);
    if (after > most) throw new LimitReached(name, most, limits[name].meaning);
  }
}
