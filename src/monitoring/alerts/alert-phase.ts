import type { Verdict } from './condition.js';

/** Between two looks at a rule at most this much counts: a clock that jumps, or a pause, is no proof of anything. */
export const LONGEST_STEP_MS = 30_000;
/** A pending alert that nobody could judge for so long is forgotten. */
export const PENDING_WITHOUT_DATA_MS = 120_000;
/** A firing one that nobody could judge for so long is over: the condition may never be judged again. */
export const FIRING_WITHOUT_DATA_MS = 15 * 60_000;

/** How far the alert of a rule has come. */
export interface AlertPhase {
  readonly phase: 'inactive' | 'pending' | 'firing';
  /** How long the condition has been seen to hold, while pending. */
  readonly heldMs: number;
  /** For how long the data have told nothing. */
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
 * Takes one look further: a condition that has held for `holdMs` fires, one that does not hold ends the alert, and one
 * that cannot be judged changes nothing for a time.
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
