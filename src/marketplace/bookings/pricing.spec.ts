import fc from 'fast-check';
import { after, escrowExpiry, HOUR_MS } from './deadlines.js';
import { grossAfterDisputeWindow, priceOf, shareOf, startedHours } from './pricing.js';

const amounts = fc.bigInt({ min: 1n, max: 10n ** 30n });
const hours = fc.integer({ min: 1, max: 8760 });
const start = new Date('2026-01-01T00:00:00.000Z');
const startedAfter = (milliseconds: number, booked: number) => startedHours(start, after(start, milliseconds), booked);

describe('the price of a booking', () => {
  it('is the price per hour times the hours, to the base unit', () => {
    expect(priceOf(1_500_000_000_000_000_001n, 3)).toBe(4_500_000_000_000_000_003n);
  });

  it('adds up: booking hours in two parts costs the same as booking them at once', () => {
    fc.assert(
      fc.property(amounts, hours, hours, (price, a, b) => {
        expect(priceOf(price, a) + priceOf(price, b)).toBe(priceOf(price, a + b));
      }),
    );
  });
});

describe('started hours', () => {
  it('count the first from its first moment and the second after exactly an hour', () => {
    expect([0, 1, HOUR_MS - 1, HOUR_MS, 2 * HOUR_MS - 1].map((elapsed) => startedAfter(elapsed, 5))).toEqual([
      1, 1, 1, 2, 2,
    ]);
  });

  it('never are more than were booked, nor less than one, and never fall as time goes on', () => {
    const elapsed = fc.integer({ min: -HOUR_MS, max: 10_000 * HOUR_MS });
    fc.assert(
      fc.property(elapsed, fc.integer({ min: 0, max: 100 * HOUR_MS }), hours, (first, more, booked) => {
        const before = startedAfter(first, booked);
        expect(before).toBeGreaterThanOrEqual(1);
        expect(before).toBeLessThanOrEqual(booked);
        expect(startedAfter(first + more, booked)).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});

describe('a share of the total', () => {
  it('is nothing at 0 and everything at 10000, however odd the amount', () => {
    fc.assert(
      fc.property(amounts, (total) => {
        expect(shareOf(total, 0)).toBe(0n);
        expect(shareOf(total, 10_000)).toBe(total);
      }),
    );
  });

  it('is rounded down, by less than a base unit', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 10_000 }), (total, share) => {
        const exact = total * BigInt(share);
        const rounded = shareOf(total, share) * 10_000n;
        expect(exact - rounded).toBeGreaterThanOrEqual(0n);
        expect(exact - rounded).toBeLessThan(10_000n);
      }),
    );
  });
});

describe('when the dispute window has passed', () => {
  it.each([
    { tried: 0, failed: 0, gross: 100n, because: 'the GPU was held and nobody used it' },
    { tried: 3, failed: 2, gross: 100n, because: 'one job was delivered' },
    { tried: 3, failed: 3, gross: 0n, because: 'all failed through the provider' },
  ])('gives the provider $gross of 100, because $because', ({ gross, ...jobs }) => {
    expect(grossAfterDisputeWindow(100n, jobs)).toBe(gross);
  });
});

describe('the expiry of an escrow', () => {
  it('falls on a whole second, at or after every time limit of the booking', () => {
    fc.assert(
      fc.property(
        fc.date({ noInvalidDate: true, min: start, max: new Date('2100-01-01') }),
        hours,
        (bookedAt, booked) => {
          const expiry = escrowExpiry(bookedAt, booked);
          const needed = bookedAt.getTime() + 600_000 + booked * HOUR_MS + 37 * 24 * HOUR_MS;
          expect(expiry.getTime() % 1000).toBe(0);
          expect(expiry.getTime() - needed).toBeGreaterThanOrEqual(0);
          expect(expiry.getTime() - needed).toBeLessThan(1000);
        },
      ),
    );
  });
});
