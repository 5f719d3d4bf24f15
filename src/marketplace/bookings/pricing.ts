import { FREE_CANCELLATION_MS, HOUR_MS } from './deadlines.js';

/** 100 % in hundredths of a percent. */
export const WHOLE_SHARE = 10_000;

/** What a booking costs, in base units: the price per hour times the hours booked. */
export function priceOf(pricePerHour: bigint, hours: number): bigint {
  return pricePerHour * BigInt(hours);
}

/**
 * Hours started between `from` and `at`: the first at once, the second after exactly one hour, never more than booked.
 */
export function startedHours(from: Date, at: Date, bookedHours: number): number {
  const elapsed = Math.max(0, at.getTime() - from.getTime());
  return Math.min(bookedHours, Math.floor(elapsed / HOUR_MS) + 1);
}

/**
 * A share of `total`, rounded down to a base unit.
 * @param share hundredths of a percent, 0 to 10000
 */
export function shareOf(total: bigint, share: number): bigint {
  return (total * BigInt(share)) / BigInt(WHOLE_SHARE);
}

/**
 * The provider's part of an undisputed booking: all, unless jobs failed because of the provider and none was delivered.
 */
export function grossAfterDisputeWindow(total: bigint, jobs: { tried: number; failed: number }): bigint {
  return jobs.failed > 0 && jobs.failed === jobs.tried ? 0n : total;
}

/** The use of a booking by agents until it was cancelled. */
export interface BookingUse {
  readonly jobsTaken: boolean;
  readonly agentWasOnline: boolean;
}

/**
 * Hours charged on cancellation at `at`: none soon after the funding or while no agent was online, otherwise the
 * started ones.
 */
export function hoursOfCancelled(fundedAt: Date, at: Date, bookedHours: number, use: BookingUse): number {
  const isFree = at.getTime() - fundedAt.getTime() <= FREE_CANCELLATION_MS || !use.agentWasOnline;
  return isFree && !use.jobsTaken ? 0 : startedHours(fundedAt, at, bookedHours);
}
