import type { Flag } from '../flags/flag.js';
import { type LimitName, limitKey } from '../limits/declared-limits.js';
import { switchFlag } from './switch-flag.js';

/** A limit as an operator may have set it: for everyone, with exceptions for some users. */
export function limitFlag(name: LimitName, most: number, others: Readonly<Record<string, number>> = {}): Flag {
  const rules = Object.keys(others).map((user) => ({
    conditions: [{ attribute: 'targetingKey', operator: 'equals' as const, values: [user] }],
    variant: user,
  }));
  const variants = { most, ...others };
  return switchFlag(limitKey(name), { kind: 'number', variants, offVariant: 'most', defaultVariant: 'most', rules });
}
