import type { BookingStatus } from './contract/bookings.js';

/** What a booking says of its money in the escrow. */
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

/** What the bookings say that the escrow contracts hold. */
export interface EscrowBooks {
  /** Locked, as the chain has told, and not paid out. */
  readonly held: bigint;
  /** What is there for sure: nobody has been told to pay it out, and its client cannot take it back. */
  readonly least: bigint;
  /** What is there at most: with locks and without payments that the chain has not told of yet. */
  readonly most: bigint;
}

/** @param bookings all that wait for their money to be locked or paid out */
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

/** How far a balance is outside of what the books allow: below zero when money is missing. */
export function differenceOf(balance: bigint, { least, most }: Pick<EscrowBooks, 'least' | 'most'>): bigint {
  if (balance < least) return balance - least;
  return balance > most ? balance - most : 0n;
}

/**
 * What has been wrong the whole time: the difference nearest to zero, and none when it changed its sign. What is under
 * way between chain and bookings differs for a moment only.
 */
export function lastingDifference(differences: readonly bigint[]): bigint {
  const isShort = differences.every((difference) => difference < 0n);
  const isOver = differences.every((difference) => difference > 0n);
  if (differences.length === 0 || (!isShort && !isOver)) return 0n;
  return differences.reduce((nearest, each) => ((isShort ? each > nearest : each < nearest) ? each : nearest));
}
