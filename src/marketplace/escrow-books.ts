import type { BookingStatus } from './contract/bookings.js';

/** A booking's record of its money in the escrow. */
export interface BookedMoney {
  readonly status: BookingStatus;
  readonly total: bigint;
  readonly escrow: {
    readonly lockedAmount: bigint | null;
    readonly providerGross: bigint | null;
    readonly expiresAt: Date;
    readonly isLocked: boolean;
    readonly isPaidOut: boolean;
  };
}

/** The balance of the escrow contracts according to the bookings. */
export interface EscrowBooks {
  /** Locked according to the chain, and not paid out. */
  readonly held: bigint;
  /** The guaranteed minimum: no payout was requested, and the client cannot withdraw it. */
  readonly least: bigint;
  /** The maximum: with locks and without payments that the chain has not reported yet. */
  readonly most: bigint;
}

/** @param bookings all with money to be locked or paid out */
export function booksOf(bookings: readonly BookedMoney[], now: Date): EscrowBooks {
  let held = 0n;
  let least = 0n;
  let most = 0n;
  for (const { status, total, escrow } of bookings) {
    if (escrow.isPaidOut) continue;
    if (!escrow.isLocked) {
      if (status === 'requested') most += total;
      continue;
    }
    const amount = escrow.lockedAmount ?? 0n;
    held += amount;
    most += amount;
    if (escrow.providerGross === null && escrow.expiresAt > now) least += amount;
  }
  return { held, least, most };
}

/** How far a balance is outside the bounds of the books: negative if money is missing. */
export function differenceOf(balance: bigint, { least, most }: Pick<EscrowBooks, 'least' | 'most'>): bigint {
  if (balance < least) return balance - least;
  return balance > most ? balance - most : 0n;
}

/**
 * The error that persisted the whole time: the difference nearest to zero, and none if it changed its sign. Transfers
 * in progress between chain and bookings differ only for a moment.
 */
export function lastingDifference(differences: readonly bigint[]): bigint {
  const isShort = differences.every((difference) => difference < 0n);
  const isOver = differences.every((difference) => difference > 0n);
  if (differences.length === 0 || (!isShort && !isOver)) return 0n;
  return differences.reduce((nearest, each) => ((isShort ? each > nearest : each < nearest) ? each : nearest));
}
