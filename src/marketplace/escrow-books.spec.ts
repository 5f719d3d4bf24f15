import fc from 'fast-check';
import { type BookedMoney, booksOf, differenceOf, lastingDifference } from './escrow-books.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');
const LATER = new Date('2026-02-01T00:00:00.000Z');

interface Money {
  readonly status?: BookedMoney['status'];
  readonly locked?: bigint;
  readonly decided?: boolean;
  readonly paid?: boolean;
  readonly expiresAt?: Date;
}

const booking = ({ status = 'active', locked, decided, paid, expiresAt = LATER }: Money): BookedMoney => ({
  status,
  total: 10n,
  escrow: {
    lockedAmount: locked ?? null,
    providerGross: decided ? 5n : null,
    expiresAt,
    isLocked: locked !== undefined,
    isPaidOut: paid ?? false,
  },
});

describe('the books of the escrow', () => {
  it('count what is locked and not paid out', () => {
    const bookings = [
      booking({ locked: 10n }),
      booking({ locked: 4n, decided: true }),
      booking({ locked: 9n, paid: true }),
    ];
    expect(booksOf(bookings, NOW)).toEqual({ held: 14n, least: 10n, most: 14n });
  });

  it('expect a lock from a booking that asks for it, and from no other', () => {
    const bookings = [booking({ status: 'requested' }), booking({ status: 'cancelled' })];
    expect(booksOf(bookings, NOW)).toEqual({ held: 0n, least: 0n, most: 10n });
  });

  it('do not count on what its client may take back', () => {
    expect(booksOf([booking({ locked: 10n, expiresAt: NOW })], NOW)).toEqual({ held: 10n, least: 0n, most: 10n });
  });

  it('allow whatever lies between a decision here and its event from the chain', () => {
    // The chain may be ahead of what the booking knows in each step, never behind.
    const stage = fc.record({
      known: fc.constantFrom<Money>({ status: 'requested' }, { locked: 10n }, { locked: 10n, decided: true }),
      ahead: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(stage, { maxLength: 30 }), (stages) => {
        let balance = 0n;
        for (const { known, ahead } of stages) {
          const isLocked = known.locked !== undefined || ahead;
          const isPaid = known.decided === true && ahead;
          if (isLocked && !isPaid) balance += 10n;
        }
        const books = booksOf(
          stages.map(({ known }) => booking(known)),
          NOW,
        );
        expect(differenceOf(balance, books)).toBe(0n);
      }),
    );
  });

  it('tell what is missing and what is too much', () => {
    expect(differenceOf(9n, { least: 10n, most: 14n })).toBe(-1n);
    expect(differenceOf(15n, { least: 10n, most: 14n })).toBe(1n);
  });
});

describe('a difference that lasts', () => {
  it('is the one nearest to zero', () => {
    expect(lastingDifference([-5n, -2n, -9n])).toBe(-2n);
    expect(lastingDifference([3n, 7n])).toBe(3n);
  });

  it('is none when it was gone in between, or on the other side', () => {
    expect(lastingDifference([-5n, 0n, -9n])).toBe(0n);
    expect(lastingDifference([-5n, 4n])).toBe(0n);
    expect(lastingDifference([])).toBe(0n);
  });
});
