/** Between two looks at the clock at most this much counts as execution: a process that was paused did not compute. */
const LONGEST_STRETCH_MS = 250;
/** Operations that only compute take some 0.1 µs each; those that read the state are looked at one by one. */
const STEPS_BETWEEN_LOOKS = 128;

/** Execution that was ended before its end: it has no result, and nothing of it may stay. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(readonly reason: 'time' | 'abandoned') {
    super(reason === 'time' ? 'execution took too long' : 'nobody waits for the result');
  }
}

/** Ends execution inside the EVM once it has taken its time, or once its result is abandoned. One runs at a time. */
export class TimeLimit {
  private steps = 0;
  private spentMs = 0;
  private lookedAt = 0;
  private limitMs = Number.POSITIVE_INFINITY;
  private isAbandoned: () => boolean = () => false;

  /** Time counts from now on. */
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

  /** One operation that only computes. @throws Interrupted */
  step(): void {
    this.steps = (this.steps + 1) % STEPS_BETWEEN_LOOKS;
    if (this.steps === 0) this.look();
  }
}

/** For what nobody can make run long. */
export const NOTHING_LIMITS = new TimeLimit();
