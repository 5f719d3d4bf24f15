import { Injectable } from '@nestjs/common';

/** The source of time for domain code, replaceable in tests. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }

  /** Monotonic milliseconds since an arbitrary moment, unaffected by clock changes. */
  elapsed(): number {
    return performance.now();
  }
}

/** A clock that only moves when told to. */
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

  /** Changes the wall clock; no time elapses. */
  set(now: Date): void {
    this.current = new Date(now);
  }
}
