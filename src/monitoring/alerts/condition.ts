import type { AlertKind, Comparison } from '../contract/alert-rules.js';

/** Series have a value every ten seconds: one of this age is not from the latest collection. */
export const STALE_MS = 10_000;

export interface Sample {
  readonly at: Date;
  readonly value: number;
}

export interface Comparing {
  readonly series: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/** The condition that a rule watches. */
export interface Condition {
  readonly kind: AlertKind;
  readonly series: string;
  /** Absent for `absence` only. */
  readonly comparison?: Comparison | null;
  readonly value?: number | null;
  /** Absent for `threshold` only. */
  readonly windowSeconds?: number | null;
  /** At least one of them must also hold; empty: no further requirement. */
  readonly while: readonly Comparing[];
}

/** `unknown`: the data are inconclusive. */
export type Verdict = 'met' | 'not_met' | 'unknown';

/** Reads a series' samples in a window up to now, newest last. */
export type ReadWindow = (series: string, milliseconds: number) => readonly Sample[];

export interface Judgement {
  readonly verdict: Verdict;
  /** The compared value; null if there is none. */
  readonly value: number | null;
}

/** Evaluates whether a condition holds now. */
export function judge(condition: Condition, read: ReadWindow, now: Date): Judgement {
  const own = judgeOwn(condition, read, now);
  if (own.verdict !== 'met' || condition.while.length === 0) return own;
  const guards = condition.while.map((guard) => compare(newest(read, guard.series, now), guard));
  if (guards.includes('met')) return own;
  return { ...own, verdict: guards.includes('unknown') ? 'unknown' : 'not_met' };
}

/**
 * How long a condition must hold before its alert fires. An absent series is detected at once, but only observation
 * over the whole window proves the absence: after a start, empty memory is not mistaken for one.
 */
export function holdMs(rule: Pick<Condition, 'kind' | 'windowSeconds'> & { readonly forSeconds: number }): number {
  const window = rule.kind === 'absence' ? (rule.windowSeconds ?? 0) : 0;
  return (window + rule.forSeconds) * 1_000;
}

function judgeOwn(condition: Condition, read: ReadWindow, now: Date): Judgement {
  if (condition.kind === 'absence') {
    return { verdict: newest(read, condition.series, now) === null ? 'met' : 'not_met', value: null };
  }
  const value =
    condition.kind === 'threshold'
      ? newest(read, condition.series, now)
      : changePerMinute(read, condition.series, (condition.windowSeconds ?? 0) * 1_000, now);
  return { verdict: compare(value, condition as Comparing), value };
}

function compare(value: number | null, { comparison, value: limit }: Pick<Comparing, 'comparison' | 'value'>): Verdict {
  if (value === null) return 'unknown';
  switch (comparison) {
    case '>':
      return value > limit ? 'met' : 'not_met';
    case '>=':
      return value >= limit ? 'met' : 'not_met';
    case '<':
      return value < limit ? 'met' : 'not_met';
    case '<=':
      return value <= limit ? 'met' : 'not_met';
  }
}

function newest(read: ReadWindow, series: string, now: Date): number | null {
  return known(read(series, STALE_MS), STALE_MS, now).at(-1)?.value ?? null;
}

/** Null if the samples are old or span less than half of the window. */
function changePerMinute(read: ReadWindow, series: string, windowMs: number, now: Date): number | null {
  const samples = known(read(series, windowMs), windowMs, now);
  const [first, last] = [samples.at(0), samples.at(-1)];
  if (!first || !last || now.getTime() - last.at.getTime() >= STALE_MS) return null;
  const spanMs = last.at.getTime() - first.at.getTime();
  return spanMs >= windowMs / 2 ? (last.value - first.value) / (spanMs / 60_000) : null;
}

/** Drops samples in the future, taken before a clock was set back: they do not describe the present. */
function known(samples: readonly Sample[], windowMs: number, now: Date): readonly Sample[] {
  return samples.filter(({ at, value }) => {
    const age = now.getTime() - at.getTime();
    return age >= 0 && age < windowMs && Number.isFinite(value);
  });
}
