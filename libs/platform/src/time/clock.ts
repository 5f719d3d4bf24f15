import { Injectable } from '@nestjs/common';

/** Where domain code reads the time, so that tests can decide it. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Milliseconds that have passed since some moment: they go on evenly when somebody sets the clock. */
  elapsed(): number {
    return performance.now();
  }
}

/** A clock that stands still until it is moved. */
export class FixedClock extends Clock {
  constructor(private current: Date = new Date('2026-01-01T00:00:00.000Z')) {
    super();
  }

  private passed = 0;

  override now(): Date {
    return new Date(this.current);
  }

  override elapsed(): number {
    return this.passed;
  }

  advance(milliseconds: number): void {
    this.current = new Date(this.current.getTime() + milliseconds);
    this.passed += milliseconds;
  }

  /** As when somebody sets a clock: no time passes. */
  set(now: Date): void {
    this.current = new Date(now);
  }
}
