import type { Verdict } from './condition.js';

/** The most that counts between two evaluations of a rule: a clock jump or a pause proves nothing. */
export const LONGEST_STEP_MS = 30_000;
/** A pending alert without a verdict for this long is dropped. */
export const PENDING_WITHOUT_DATA_MS = 120_000;
/** A firing alert without a verdict for this long ends: the condition may never be evaluable again. */
export const FIRING_WITHOUT_DATA_MS = 15 * 60_000;

/** The state of a rule's alert. */
export interface AlertPhase {
  readonly phase: 'inactive' | 'pending' | 'firing';
  /** How long the condition has been observed to hold, while pending. */
  readonly heldMs: number;
  /** How long the data have been inconclusive. */
  readonly unknownMs: number;
  readonly judgedAt: Date;
}

export type Turn = 'began' | 'fired' | 'recovered' | 'no_data' | 'withdrawn';

export interface Step {
  readonly next: AlertPhase;
  /** `withdrawn`: was pending and will not fire. */
  readonly turn?: Turn;
}

export const inactive = (now: Date): AlertPhase => ({ phase: 'inactive', heldMs: 0, unknownMs: 0, judgedAt: now });

/**
 * Evaluates once: a condition that has held for `holdMs` fires, one that does not hold ends the alert, and an
 * inconclusive one changes nothing until a time limit.
 */
export function step(alert: AlertPhase, verdict: Verdict, holdMs: number, now: Date): Step {
  const passed = Math.min(Math.max(now.getTime() - alert.judgedAt.getTime(), 0), LONGEST_STEP_MS);
  const stay: AlertPhase = { ...alert, judgedAt: now };
  if (verdict === 'unknown') return withoutData(stay, passed, now);
  if (verdict === 'not_met') {
    if (alert.phase === 'inactive') return { next: stay };
    return { next: inactive(now), turn: alert.phase === 'firing' ? 'recovered' : 'withdrawn' };
  }
  if (alert.phase === 'firing') return { next: { ...stay, unknownMs: 0 } };
  const heldMs = alert.phase === 'pending' ? alert.heldMs + passed : 0;
  const next = { ...stay, heldMs, unknownMs: 0 };
  if (heldMs >= holdMs) return { next: { ...next, phase: 'firing' }, turn: 'fired' };
  return { next: { ...next, phase: 'pending' }, ...(alert.phase === 'pending' ? {} : { turn: 'began' }) };
}

function withoutData(alert: AlertPhase, passed: number, now: Date): Step {
  if (alert.phase === 'inactive') return { next: alert };
  const unknownMs = alert.unknownMs + passed;
  const limit = alert.phase === 'firing' ? FIRING_WITHOUT_DATA_MS : PENDING_WITHOUT_DATA_MS;
  if (unknownMs < limit) return { next: { ...alert, unknownMs } };
  return { next: inactive(now), turn: alert.phase === 'firing' ? 'no_data' : 'withdrawn' };
}
