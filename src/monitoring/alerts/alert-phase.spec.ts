import fc from 'fast-check';
import {
  type AlertPhase,
  FIRING_WITHOUT_DATA_MS,
  inactive,
  LONGEST_STEP_MS,
  PENDING_WITHOUT_DATA_MS,
  step,
  type Turn,
} from './alert-phase.js';
import type { Verdict } from './condition.js';

const START = new Date('2026-01-01T00:00:00.000Z');

interface Look {
  readonly verdict: Verdict;
  /** How far the clock has moved since the previous evaluation, possibly backwards. */
  readonly byMs: number;
}

const regular = fc.constant(10_000);
const jump = fc.integer({ min: -7_200_000, max: 7_200_000 });
const look = (verdicts: readonly Verdict[]) =>
  fc.record({
    verdict: fc.constantFrom(...verdicts),
    byMs: fc.oneof({ weight: 5, arbitrary: regular }, { weight: 1, arbitrary: jump }),
  });
const looks = fc.array(look(['met', 'met', 'met', 'not_met', 'unknown']), { maxLength: 80 });
const hold = fc.integer({ min: 0, max: 30 }).map((seconds) => seconds * 5_000);

function run(history: readonly Look[], holdMs: number, from: AlertPhase = inactive(START), between = same) {
  let [alert, now] = [from, from.judgedAt];
  const turns: (Turn | undefined)[] = [];
  for (const { verdict, byMs } of history) {
    now = new Date(now.getTime() + byMs);
    const { next, turn } = step(between(alert), verdict, holdMs, now);
    alert = next;
    turns.push(turn);
  }
  return { alert, turns };
}

const same = (alert: AlertPhase) => alert;
const times = (count: number, verdict: Verdict): Look[] =>
  Array.from({ length: count }, () => ({ verdict, byMs: 10_000 }));

describe('the phases of an alert', () => {
  it('a condition that holds long enough fires, and is over when it holds no more', () => {
    const { turns } = run([...times(4, 'met'), ...times(1, 'not_met')], 30_000);
    expect(turns).toEqual(['began', undefined, undefined, 'fired', 'recovered']);
  });

  it('one that need not hold fires at once', () => {
    expect(run(times(1, 'met'), 0).turns).toEqual(['fired']);
  });

  it('one that stops in time never fires', () => {
    const { turns } = run([...times(3, 'met'), ...times(1, 'not_met')], 30_000);
    expect(turns).toEqual(['began', undefined, undefined, 'withdrawn']);
  });

  it('missing data make it wait, and a firing alert is not over at once', () => {
    expect(run([...times(2, 'met'), ...times(3, 'unknown'), ...times(2, 'met')], 30_000).turns.at(-1)).toBe('fired');
    const firing = run(times(1, 'met'), 0).alert;
    const few = FIRING_WITHOUT_DATA_MS / 10_000 - 1;
    expect(run(times(few, 'unknown'), 0, firing).alert.phase).toBe('firing');
    expect(run(times(few + 1, 'unknown'), 0, firing).turns.at(-1)).toBe('no_data');
    const pending = run(times(1, 'met'), 30_000).alert;
    expect(run(times(PENDING_WITHOUT_DATA_MS / 10_000, 'unknown'), 30_000, pending).turns.at(-1)).toBe('withdrawn');
  });

  it('fires only at a look that sees it hold, after looks that saw it hold for as long as it must', () => {
    fc.assert(
      fc.property(looks, hold, (history, holdMs) => {
        let seen = 0;
        let isHeld = false;
        for (const [at, turn] of run(history, holdMs).turns.entries()) {
          const { verdict, byMs } = history[at]!;
          // The upper bound of what may count, if every step were proof.
          if (verdict === 'met') seen = isHeld ? seen + Math.min(Math.max(byMs, 0), LONGEST_STEP_MS) : 0;
          if (turn === 'fired') {
            expect(verdict).toBe('met');
            expect(seen).toBeGreaterThanOrEqual(holdMs);
          }
          isHeld = verdict === 'met' || (verdict === 'unknown' && isHeld);
        }
      }),
    );
  });

  it('firing and ending take turns, whatever comes', () => {
    fc.assert(
      fc.property(looks, hold, (history, holdMs) => {
        let isFiring = false;
        for (const turn of run(history, holdMs).turns) {
          if (turn === 'fired') {
            expect(isFiring).toBe(false);
            isFiring = true;
          } else if (turn === 'recovered' || turn === 'no_data') {
            expect(isFiring).toBe(true);
            isFiring = false;
          }
        }
      }),
    );
  });

  it('no data alone never fire', () => {
    fc.assert(
      fc.property(fc.array(look(['unknown', 'not_met'])), hold, (history, holdMs) => {
        expect(run(history, holdMs).turns).not.toContain('fired');
      }),
    );
  });

  it('a jump of the clock counts as one step at most', () => {
    fc.assert(
      fc.property(jump, (byMs) => {
        const pending = run(times(2, 'met'), 3_600_000).alert;
        const { next } = step(pending, 'met', 3_600_000, new Date(pending.judgedAt.getTime() + byMs));
        expect(next.phase).toBe('pending');
        expect(next.heldMs - pending.heldMs).toBeLessThanOrEqual(LONGEST_STEP_MS);
        expect(next.heldMs).toBeGreaterThanOrEqual(pending.heldMs);
        // It continues from the new time, so that a clock set back does not stop it.
        expect(step(next, 'met', 3_600_000, new Date(next.judgedAt.getTime() + 10_000)).next.heldMs).toBe(
          next.heldMs + 10_000,
        );
      }),
    );
  });

  it('a state that was written and read again between looks goes on the same', () => {
    const reread = ({ phase, heldMs, unknownMs, judgedAt }: AlertPhase): AlertPhase =>
      phase === 'inactive' ? inactive(judgedAt) : { phase, heldMs, unknownMs, judgedAt: new Date(+judgedAt) };
    fc.assert(
      fc.property(looks, hold, (history, holdMs) => {
        expect(run(history, holdMs, inactive(START), reread).turns).toEqual(run(history, holdMs).turns);
      }),
    );
  });
});
