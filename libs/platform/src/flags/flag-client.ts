import type { Client, EvaluationContext } from '@openfeature/server-sdk';
import type { LimitKey, SwitchKey } from './declared-flags.js';

/** Injects this application's OpenFeature client: `@Inject(FLAGS) private readonly flags: FlagClient`. */
export const FLAGS = Symbol('Flags');

/** OpenFeature's client, restricted at compile time to declared switches and limits. */
export interface FlagClient extends Omit<Client, 'getBooleanValue' | 'getBooleanDetails' | 'getNumberValue'> {
  getNumberValue(key: LimitKey, fallback: number, context?: EvaluationContext): Promise<number>;
  getBooleanValue(key: SwitchKey, fallback: boolean, context?: EvaluationContext): Promise<boolean>;
  getBooleanDetails(
    key: SwitchKey,
    fallback: boolean,
    context?: EvaluationContext,
  ): ReturnType<Client['getBooleanDetails']>;
}
