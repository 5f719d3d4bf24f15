/** The most that counts as execution between two checks of the clock: a suspended process did not compute. */
const LONGEST_STRETCH_MS = 250;
/** Pure computations take about 0.1 µs each; operations that read the state are checked individually. */
const STEPS_BETWEEN_LOOKS = 128;

/** Interrupted execution: it has no result, and its changes must be discarded. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly reason: 'time' | 'abandoned') {
    super(reason === 'time' ? 'execution took too long' : 'nobody waits for the result');
  }
}

/** Interrupts execution inside the EVM after its time limit, or once its result is abandoned. One at a time. */
export class TimeLimit {
  private steps = 0;
  private spentMs = 0;
  private lookedAt = 0;
  private limitMs = Number.POSITIVE_INFINITY;
  private isAbandoned: () => boolean = () => false;

  /** Starts the timer. */
  begin(limitMs: number, isAbandoned: () => boolean = () => false): void {
    this.spentMs = 0;
    this.lookedAt = performance.now();
    this.limitMs = limitMs;
    this.isAbandoned = isAbandoned;
  }

  /** @throws Interrupted */
  look(): void {
    const now = performance.now();
    this.spentMs += Math.min(now - this.lookedAt, LONGEST_STRETCH_MS);
    this.lookedAt = now;
    if (this.spentMs > this.limitMs) throw new Interrupted('time');
    if (this.isAbandoned()) throw new Interrupted('abandoned');
  }

  /** Counts one pure computation. @throws Interrupted */
  step(): void {
    this.steps = (this.steps + 1) % STEPS_BETWEEN_LOOKS;
    if (this.steps === 0) this.look();
  }
}

/** For execution that callers cannot prolong. */
export const NOTHING_LIMITS = new TimeLimit();
