import { type EvaluationContext, type JsonValue, StandardResolutionReasons } from '@openfeature/server-sdk';
import type { Flag, FlagCondition, FlagPrerequisite, FlagRule, Scalar } from './flag.js';
import { isWithin, lotOf } from './rollout.js';

const { DEFAULT, DISABLED, SPLIT, STATIC, TARGETING_MATCH } = StandardResolutionReasons;

/** What decided, more precisely than OpenFeature's reasons. */
export const FLAG_CAUSES = [
  'kill_switch',
  'not_started',
  'ended',
  'prerequisite',
  'denied',
  'allowed',
  'rule',
  'no_targeting_key',
  'default',
] as const;
export type FlagCause = (typeof FLAG_CAUSES)[number];

/** The variant that a flag serves, and the reason. */
export interface FlagOutcome {
  readonly variant: string;
  readonly value: JsonValue;
  /** One of OpenFeature's standard reasons. */
  readonly reason: string;
  readonly cause: FlagCause;
  /** The index of the rule that decided. */
  readonly rule?: number;
}

interface Question {
  readonly flags: ReadonlyMap<string, Flag>;
  readonly context: EvaluationContext;
  readonly now: Date;
  /** Results of the flags on the current path; undefined for those still being evaluated. */
  readonly answers: Map<string, FlagOutcome | undefined>;
}

/**
 * Evaluates a flag: kill switch, schedule, prerequisites, deny list, allow list, rules in order, default.
 * @param flags all flags, to look up prerequisites
 */
export function evaluateFlag(
  flag: Flag,
  flags: ReadonlyMap<string, Flag>,
  context: EvaluationContext,
  now: Date,
): FlagOutcome {
  return answer(flag, { flags, context, now, answers: new Map() });
}

function answer(flag: Flag, question: Question): FlagOutcome {
  const { answers } = question;
  const known = answers.get(flag.key);
  if (known) return known;
  answers.set(flag.key, undefined);
  const outcome = decide(flag, question);
  answers.set(flag.key, outcome);
  return outcome;
}

function decide(flag: Flag, question: Question): FlagOutcome {
  const { targetingKey } = question.context;
  if (!flag.enabled) return off(flag, DISABLED, 'kill_switch');
  if (flag.startsAt && question.now < flag.startsAt) return off(flag, DISABLED, 'not_started');
  if (flag.endsAt && question.now >= flag.endsAt) return off(flag, DISABLED, 'ended');
  if (!flag.prerequisites.every((each) => isMet(each, question))) return off(flag, DEFAULT, 'prerequisite');
  if (targetingKey && flag.deny.includes(targetingKey)) return off(flag, TARGETING_MATCH, 'denied');
  if (targetingKey && flag.allowVariant !== null && flag.allow.includes(targetingKey)) {
    return serve(flag, flag.allowVariant, TARGETING_MATCH, 'allowed');
  }
  return (
    byRules(flag, question.context) ?? serve(flag, flag.defaultVariant, isStatic(flag) ? STATIC : DEFAULT, 'default')
  );
}

function byRules(flag: Flag, context: EvaluationContext): FlagOutcome | undefined {
  const { targetingKey } = context;
  for (const [at, rule] of flag.rules.entries()) {
    if (!rule.conditions.every((each) => holds(each, context))) continue;
    if (rule.percentage === undefined) return byRule(flag, at, rule, TARGETING_MATCH);
    // Without a targeting key, a percentage matches no caller: it neither applies to all nor falls through to the next
    // rule.
    if (!targetingKey) return { ...off(flag, DEFAULT, 'no_targeting_key'), rule: at };
    if (isWithin(rule.percentage, lotOf(flag.key, flag.salt, targetingKey))) return byRule(flag, at, rule, SPLIT);
  }
  return undefined;
}

/** A missing flag meets no prerequisite, and neither does one in a cycle. */
function isMet({ flag, variant }: FlagPrerequisite, question: Question): boolean {
  const other = question.flags.get(flag);
  if (!other || (question.answers.has(flag) && !question.answers.get(flag))) return false;
  return answer(other, question).variant === variant;
}

/** No condition holds for a missing attribute, not even `not_in`. */
function holds({ attribute, operator, values }: FlagCondition, context: EvaluationContext): boolean {
  const found: unknown = Object.hasOwn(context, attribute) ? context[attribute] : undefined;
  if (found === undefined || found === null) return false;
  const items: unknown[] = Array.isArray(found) ? found : [found];
  if (operator === 'not_in') return !items.some((item) => values.includes(item as Scalar));
  return items.some((item) => matches(item, operator, values));
}

function matches(item: unknown, operator: Exclude<FlagCondition['operator'], 'not_in'>, values: readonly Scalar[]) {
  switch (operator) {
    case 'equals':
    case 'in':
      return values.includes(item as Scalar);
    case 'starts_with':
      return typeof item === 'string' && values.some((value) => item.startsWith(String(value)));
    case 'greater_than':
      return compares(item, values, (one, other) => one > other);
    case 'at_least':
      return compares(item, values, (one, other) => one >= other);
    case 'less_than':
      return compares(item, values, (one, other) => one < other);
    case 'at_most':
      return compares(item, values, (one, other) => one <= other);
  }
}

function compares(item: unknown, [bound]: readonly Scalar[], order: (one: number, other: number) => boolean): boolean {
  return typeof item === 'number' && typeof bound === 'number' && order(item, bound);
}

/** Whether the flag serves everyone the same variant at all times. */
function isStatic({ allow, deny, startsAt, endsAt, prerequisites, rules }: Flag): boolean {
  return !startsAt && !endsAt && [allow, deny, prerequisites, rules].every((each) => each.length === 0);
}

const byRule = (flag: Flag, at: number, { variant }: FlagRule, reason: string): FlagOutcome => ({
  ...serve(flag, variant, reason, 'rule'),
  rule: at,
});

const off = (flag: Flag, reason: string, cause: FlagCause) => serve(flag, flag.offVariant, reason, cause);

function serve({ variants }: Flag, variant: string, reason: string, cause: FlagCause): FlagOutcome {
  return { variant, value: variants[variant] ?? null, reason, cause };
}
