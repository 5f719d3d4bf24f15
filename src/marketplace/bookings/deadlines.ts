export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a requested booking holds its offer without money. */
export const LOCK_WITHIN_MS = 10 * 60_000;
/** The same if its client locks the money by itself: a signature is the only commitment. */
export const LOCK_BY_CLIENT_WITHIN_MS = 3 * 60_000;
/** Cancelling an unused booking within this time after the funding is free. */
export const FREE_CANCELLATION_MS = 10 * 60_000;
/** How long to wait before asking again for the use of a cancelled booking. */
export const CLOSE_AGAIN_MS = 10 * 60_000;
/** How long after the end of a booking client and provider may dispute it. */
export const DISPUTE_WINDOW_MS = 7 * DAY_MS;
/** The time to decide a dispute before the client can withdraw the money unilaterally. */
const DECISION_RESERVE_MS = 30 * DAY_MS;

export function after(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}

/** The escrow expiry of a booking made at `bookedAt`. Whole seconds, the smallest unit of the chain. */
export function escrowExpiry(bookedAt: Date, hours: number): Date {
  const latest = bookedAt.getTime() + LOCK_WITHIN_MS + hours * HOUR_MS + DISPUTE_WINDOW_MS + DECISION_RESERVE_MS;
  return new Date(Math.ceil(latest / 1000) * 1000);
}
