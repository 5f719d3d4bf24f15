/** 2000-01-01T00:00:00Z in nanoseconds: where the calendar of every job starts. */
const epoch = 946_684_800_000_000_000n;
const realtime = 0;

/** Nanoseconds that pass at each reading. */
export const clockResolution = 1_000n;

/**
 * Time as a job sees it: it starts at the same instant in each run, moves by a microsecond at each reading and jumps
 * ahead when the job sleeps. A job that runs again reads the same times again.
 */
export class LogicalClock {
  private elapsed = 0n;

  read(clockId: number): bigint {
    this.elapsed += clockResolution;
    return this.now(clockId);
  }

  now(clockId: number): bigint {
    return clockId === realtime ? epoch + this.elapsed : this.elapsed;
  }

  /** How long until a point in time, in nanoseconds; 0 when it has passed. */
  until(clockId: number, timeout: bigint, absolute: boolean): bigint {
    const remaining = absolute ? timeout - this.now(clockId) : timeout;
    return remaining > 0n ? remaining : 0n;
  }

  advance(nanoseconds: bigint): void {
    this.elapsed = BigInt.asUintN(63, this.elapsed + nanoseconds);
  }
}
