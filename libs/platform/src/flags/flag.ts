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

/** What must hold of one attribute of the evaluation context; of a list, such as `roles`, of one of its items. */
export interface FlagCondition {
  /** `targetingKey` (the user's id), `roles`, `scopes`, `module`, or whatever the caller tells. */
  readonly attribute: string;
  readonly operator: FlagOperator;
  /** One for `equals` and for comparisons, which are of numbers; any one of them for the others. */
  readonly values: readonly Scalar[];
}

/** Serves its variant where all conditions hold and, with a percentage, to that share of the targeting keys. */
export interface FlagRule {
  readonly name?: string;
  readonly conditions: readonly FlagCondition[];
  readonly variant: string;
  /** 0 to 100, in hundredths. Absent: everybody, those without a targeting key too. */
  readonly percentage?: number;
}

/** The flag works only where another one serves this variant. */
export interface FlagPrerequisite {
  readonly flag: string;
  readonly variant: string;
}

/** A feature flag: which of its variants it serves to whom. */
export interface Flag {
  readonly key: string;
  readonly kind: FlagKind;
  readonly variants: Readonly<Record<string, JsonValue>>;
  /** The kill switch: false serves the off variant to everybody. */
  readonly enabled: boolean;
  /** Served while the flag is switched off, outside its times, without its prerequisites and to the denied. */
  readonly offVariant: string;
  /** Served where no rule says otherwise. */
  readonly defaultVariant: string;
  /** Targeting keys that get the allow variant, whatever the rules say. */
  readonly allow: readonly string[];
  readonly allowVariant: string | null;
  /** Targeting keys that get the off variant, whatever the rules and the allow list say. */
  readonly deny: readonly string[];
  readonly startsAt: Date | null;
  /** The first moment at which it is off again. */
  readonly endsAt: Date | null;
  readonly prerequisites: readonly FlagPrerequisite[];
  /** The first that applies decides. */
  readonly rules: readonly FlagRule[];
  /** Another salt draws the lots of all percentages anew. */
  readonly salt: string;
  /** Grows with every change. */
  readonly version: number;
}
