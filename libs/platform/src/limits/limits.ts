import { LimitReached } from '@aitbc/modulith';
import { Inject, Injectable } from '@nestjs/common';
import type { EvaluationContext } from '@openfeature/server-sdk';
import { type FlagClient, FLAGS } from '../flags/flag-client.js';
import { type LimitName, limitKey, limits } from './declared-limits.js';

/** The per-user limits as set by operators. Evaluated in memory, for the caller of the current message. */
@Injectable()
export class Limits {
  constructor(@Inject(FLAGS) private readonly flags: FlagClient) {}

  /** @param context the user to evaluate for, if not the caller */
  async of(name: LimitName, context?: EvaluationContext): Promise<number> {
    const { fallback } = limits[name];
    const value = await this.flags.getNumberValue(limitKey(name), fallback, context);
    return Number.isSafeInteger(value) && value >= 0 ? value : fallback;
  }

  /**
   * Rejects an operation that would exceed a limit.
   * @param after the count after the operation
   * @throws LimitReached
   */
  async allow(name: LimitName, after: number): Promise<void> {
    const most = await this.of(name);
    if (after > most) throw new LimitReached(name, most, limits[name].meaning);
  }
}
