import type { JsonValue } from '@openfeature/server-sdk';

export const FLAG_KINDS = ['boolean', 'string', 'number', 'object'] as const;
export type FlagKind = (typeof FLAG_KINDS)[number];

export const FLAG_OPERATORS = [
  'equals',
  'in',
  'not_in',
  'starts_with',
  'greater_than',
  'at_least',
  'less_than',
  'at_most',
] as const;
export type FlagOperator = (typeof FLAG_OPERATORS)[number];

export type Scalar = string | number | boolean;

/**
 * A condition on one attribute of the evaluation context; for a list attribute, such as `roles`, one item must match.
 */
export interface FlagCondition {
  /** `targetingKey` (the user's id), `roles`, `scopes`, `module`, or any attribute that the caller sets. */
  readonly attribute: string;
  readonly operator: FlagOperator;
  /** A single value for `equals` and for (numeric) comparisons; any of several for the others. */
  readonly values: readonly Scalar[];
}

/** Serves its variant if all conditions hold; with a percentage, only to that share of the targeting keys. */
export interface FlagRule {
  readonly name?: string;
  readonly conditions: readonly FlagCondition[];
  readonly variant: string;
  /** 0 to 100, in hundredths. Absent: everyone, including callers without a targeting key. */
  readonly percentage?: number;
}

/** The flag is active only if another flag serves this variant. */
export interface FlagPrerequisite {
  readonly flag: string;
  readonly variant: string;
}

/** A feature flag: which variant it serves to which callers. */
export interface Flag {
  readonly key: string;
  readonly kind: FlagKind;
  readonly variants: Readonly<Record<string, JsonValue>>;
  /** The kill switch: false serves the off variant to everyone. */
  readonly enabled: boolean;
  /** Served while the flag is disabled, outside its schedule, if prerequisites are unmet, and to the deny list. */
  readonly offVariant: string;
  /** Served if no rule applies. */
  readonly defaultVariant: string;
  /** Targeting keys that get the allow variant, regardless of the rules. */
  readonly allow: readonly string[];
  readonly allowVariant: string | null;
  /** Targeting keys that get the off variant, regardless of the rules and the allow list. */
  readonly deny: readonly string[];
  readonly startsAt: Date | null;
  /** Exclusive: the flag is off from this time on. */
  readonly endsAt: Date | null;
  readonly prerequisites: readonly FlagPrerequisite[];
  /** The first matching rule decides. */
  readonly rules: readonly FlagRule[];
  /** A different salt redistributes the targeting keys in all percentages. */
  readonly salt: string;
  /** Incremented by every change. */
  readonly version: number;
}
