import type { FieldProblem } from '@aitbc/modulith';
import { declaredFlags, type Flag, type FlagCondition, type FlagRule } from '@aitbc/platform';

type Flags = ReadonlyMap<string, Flag>;

const SINGLE = new Set<string>(['equals', 'greater_than', 'at_least', 'less_than', 'at_most']);
const COMPARISONS = new Set<string>(['greater_than', 'at_least', 'less_than', 'at_most']);

/** Inconsistencies of a flag whose fields are each well-formed, by field path. */
export function flagProblems(flag: Flag, others: Flags): FieldProblem[] {
  return [
    ...kindProblems(flag),
    ...variantProblems(flag),
    ...timeProblems(flag),
    ...flag.rules.flatMap((rule, at) => ruleProblems(rule, `rules.${at}`)),
    ...prerequisiteProblems(flag, others),
    ...dependantProblems(flag, others),
  ];
}

function* kindProblems({ key, kind, variants }: Flag): Generator<FieldProblem> {
  const asked = declaredFlags.get(key)?.kind;
  if (asked && kind !== asked) yield problem('kind', `must be ${asked}: so the code asks for "${key}"`);
  if (asked === 'number') {
    for (const [name, value] of Object.entries(variants)) {
      const isCount = Number.isSafeInteger(value) && (value as number) >= 0;
      if (!isCount) yield problem(`variants.${name}`, 'must be a whole number, 0 or more');
    }
    return;
  }
  for (const [name, value] of Object.entries(variants)) {
    const fits = kind === 'object' ? typeof value === 'object' && value !== null : typeof value === kind;
    if (!fits) yield problem(`variants.${name}`, `must be ${kind === 'object' ? 'an object or a list' : `a ${kind}`}`);
  }
}

function* variantProblems(flag: Flag): Generator<FieldProblem> {
  if (Object.keys(flag.variants).length === 0) yield problem('variants', `must be given for a ${flag.kind}`);
  const named: [field: string, variant: string | null][] = [
    ['offVariant', flag.offVariant],
    ['defaultVariant', flag.defaultVariant],
    ['allowVariant', flag.allowVariant],
    ...flag.rules.map((rule, at): [string, string] => [`rules.${at}.variant`, rule.variant]),
  ];
  for (const [field, variant] of named) {
    if (variant !== null && !Object.hasOwn(flag.variants, variant))
      yield problem(field, 'must be the name of a variant');
  }
  if (flag.allow.length > 0 && flag.allowVariant === null)
    yield problem('allowVariant', 'must say what the allowed get');
}

function* timeProblems({ startsAt, endsAt }: Flag): Generator<FieldProblem> {
  if (startsAt && endsAt && endsAt <= startsAt) yield problem('endsAt', 'must be later than startsAt');
}

function ruleProblems({ conditions }: FlagRule, path: string): FieldProblem[] {
  return conditions.flatMap((condition, at) => [...conditionProblems(condition, `${path}.conditions.${at}.values`)]);
}

function* conditionProblems({ operator, values }: FlagCondition, field: string): Generator<FieldProblem> {
  if (SINGLE.has(operator) && values.length !== 1) yield problem(field, `must be one value for "${operator}"`);
  if (COMPARISONS.has(operator) && values.some((value) => typeof value !== 'number')) {
    yield problem(field, `must be a number for "${operator}"`);
  }
  if (operator === 'starts_with' && values.some((value) => typeof value !== 'string')) {
    yield problem(field, `must be strings for "${operator}"`);
  }
}

function* prerequisiteProblems(flag: Flag, others: Flags): Generator<FieldProblem> {
  for (const [at, { flag: key, variant }] of flag.prerequisites.entries()) {
    const other = key === flag.key ? flag : others.get(key);
    const field = `prerequisites.${at}`;
    if (!other) yield problem(`${field}.flag`, 'must be a stored flag');
    else if (leadsTo(other, flag.key, others)) yield problem(`${field}.flag`, `leads back to "${flag.key}"`);
    else if (!Object.hasOwn(other.variants, variant))
      yield problem(`${field}.variant`, `must be a variant of "${key}"`);
  }
}

function* dependantProblems(flag: Flag, others: Flags): Generator<FieldProblem> {
  for (const { key, prerequisites } of others.values()) {
    for (const each of prerequisites) {
      if (each.flag !== flag.key || Object.hasOwn(flag.variants, each.variant)) continue;
      yield problem('variants', `must keep "${each.variant}", a prerequisite of "${key}"`);
    }
  }
}

/** Whether a flag is the given one or depends on it through prerequisites. */
function leadsTo(from: Flag, key: string, flags: Flags): boolean {
  const seen = new Set<string>();
  const rest = [from];
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (next.key === key) return true;
    if (seen.has(next.key)) continue;
    seen.add(next.key);
    for (const each of next.prerequisites) {
      if (each.flag === key) return true;
      const other = flags.get(each.flag);
      if (other) rest.push(other);
    }
  }
  return false;
}

const problem = (field: string, message: string): FieldProblem => ({ field, message: `${field} ${message}` });
