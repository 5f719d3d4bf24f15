/** 2000-01-01T00:00:00Z in nanoseconds: the start of every job's calendar. */
const epoch = 946_684_800_000_000_000n;
const realtime = 0;

/** Nanoseconds added by each reading. */
export const clockResolution = 1_000n;

/**
 * Time as seen by a job: it starts at the same instant in each run, advances a microsecond per reading and jumps ahead
 * when the job sleeps. A repeated run reads the same times.
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
