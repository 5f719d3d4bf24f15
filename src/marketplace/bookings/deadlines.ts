export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A requested booking holds its offer this long without money. */
export const LOCK_WITHIN_MS = 10 * 60_000;
/** So long when its client locks the money by itself: nothing stands for it but a signature. */
export const LOCK_BY_CLIENT_WITHIN_MS = 3 * 60_000;
/** A booking that no agent has worked for costs nothing when its client cancels it so soon after the funding. */
export const FREE_CANCELLATION_MS = 10 * 60_000;
/** After so long without word of what was made of a cancelled booking, it is asked for again. */
export const CLOSE_AGAIN_MS = 10 * 60_000;
/** Client and provider may dispute a booking this long after its time is up. */
export const DISPUTE_WINDOW_MS = 7 * DAY_MS;
/** What a dispute may take to be decided before the client can take the money back without anybody's consent. */
const DECISION_RESERVE_MS = 30 * DAY_MS;

export function after(from: Date, milliseconds: number): Date {
  return new Date(from.getTime() + milliseconds);
}

/** When the escrow of a booking made at `bookedAt` expires. Whole seconds, because the chain knows no smaller unit. */
export function escrowExpiry(bookedAt: Date, hours: number): Date {
  const latest = bookedAt.getTime() + LOCK_WITHIN_MS + hours * HOUR_MS + DISPUTE_WINDOW_MS + DECISION_RESERVE_MS;
  return new Date(Math.ceil(latest / 1000) * 1000);
}
