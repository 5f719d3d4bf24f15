import { DomainError, type Event } from '@aitbc/modulith';
import fc from 'fast-check';
import { BookingSettled, SettlementDue } from '../contract/events.js';
import type { OfferStatus } from '../contract/offers.js';
import { aBooking, anOffer, DAY, lockOf, START, STRANGER_ADDRESS } from '../testing/marketplace-data.js';
import type { LockedEscrow } from './booking-escrow.js';
import type { Booking } from './booking.entity.js';

const OFFER_MOVES: Record<OfferStatus, OfferStatus[]> = {
  available: ['reserved', 'delisted', 'expired'],
  reserved: ['in_use', 'available', 'expired'],
  in_use: ['available', 'delisted'],
  delisted: [],
  expired: [],
};

/** The chain as far as the escrow contract's rules go, with the marketplace's bookings of one offer in front of it. */
class World {
  now = START;
  readonly offer = anOffer({ expiresAt: new Date(START.getTime() + 40 * DAY) });
  readonly bookings: Booking[] = [];
  readonly escrows = new Map<string, { lock: LockedEscrow; booking: Booking; state: 'locked' | 'gone' }>();
  readonly due: SettlementDue[] = [];
  readonly told: Event[] = [];
  paidIn = 0n;
  paidOut = 0n;

  book(): void {
    const id = `019a0000-0000-7000-8000-${String(this.bookings.length).padStart(12, '0')}`;
    this.attempt(() => this.bookings.push(aBooking(this.offer, { id }, this.now)));
  }

  /** A person's act: done, or refused with a domain error and without effect. */
  act(booking: Booking, decide: () => Event[]): void {
    this.attempt(() => this.keep(booking, decide()));
  }

  lock(booking: Booking, other: Partial<LockedEscrow>): void {
    const lock = lockOf(booking, { lockedAt: this.now, ...other });
    const key = keyOf(booking.id, lock.clientAddress);
    if (this.escrows.has(key)) return;
    this.escrows.set(key, { lock, booking, state: 'locked' });
    this.paidIn += lock.amount;
    this.keep(booking, booking.lockConfirmed(lock, this.now));
  }

  /** The wallet carries out the oldest settlement that is due. */
  settle(): void {
    const order = this.due.shift();
    if (!order) return;
    const escrow = this.escrows.get(keyOf(order.bookingId, order.clientAddress));
    if (escrow?.state !== 'locked') return;
    const { amount, ...key } = escrow.lock;
    expect(order.providerGross).toBeLessThanOrEqual(amount);
    escrow.state = 'gone';
    this.paidOut += amount;
    const toTreasury = (order.providerGross * 250n) / 10_000n;
    const parts = { toTreasury, toProvider: order.providerGross - toTreasury, toClient: amount - order.providerGross };
    this.keep(escrow.booking, escrow.booking.settlementConfirmed({ ...key, ...parts, transactionHash: '0x02' }));
  }

  withdrawExpired(): void {
    for (const escrow of this.escrows.values()) {
      if (escrow.state !== 'locked' || escrow.lock.expiresAt >= this.now) continue;
      escrow.state = 'gone';
      this.paidOut += escrow.lock.amount;
      this.keep(escrow.booking, escrow.booking.escrowWithdrawn({ ...escrow.lock, transactionHash: '0x03' }, this.now));
    }
  }

  pass(milliseconds: number, swept: boolean): void {
    this.now = new Date(this.now.getTime() + milliseconds);
    if (!swept) return;
    for (const booking of this.bookings) this.keep(booking, booking.timePassed(this.now));
    this.moveOffer(() => this.offer.expire(this.now));
  }

  keep(booking: Booking, events: Event[]): void {
    this.moveOffer(() => this.offer.follow(booking.id, booking.hold, this.now));
    this.told.push(...events);
    this.due.push(...events.filter((event) => event instanceof SettlementDue));
  }

  check(): void {
    const orders = this.told.filter((event) => event instanceof SettlementDue);
    const orderKeys = orders.map((order) => keyOf(order.bookingId, order.clientAddress));
    expect(new Set(orderKeys).size, 'an escrow is settled once').toBe(orderKeys.length);
    const settled = this.told.filter((event) => event instanceof BookingSettled).map(({ bookingId }) => bookingId);
    expect(new Set(settled).size, 'BookingSettled is told once').toBe(settled.length);
    const locked = [...this.escrows.values()].filter(({ state }) => state === 'locked');
    const inEscrow = locked.reduce((sum, { lock }) => sum + lock.amount, 0n);
    expect(this.paidOut + inEscrow).toBe(this.paidIn);
    for (const { escrow } of this.bookings.filter((booking) => booking.escrow.isPaidOut)) {
      expect(escrow.toProvider! + escrow.toTreasury! + escrow.toClient!).toBe(escrow.lockedAmount);
    }
    const holding = this.bookings.filter((booking) => booking.hold !== 'none');
    expect(holding.length, 'one booking holds the offer').toBeLessThanOrEqual(1);
    if (holding[0]) expect([this.offer.bookingId, this.offer.status]).toEqual([holding[0].id, holding[0].hold]);
    else expect(['available', 'expired', 'delisted']).toContain(this.offer.status);
  }

  moveOffer(move: () => void): void {
    const before = this.offer.status;
    move();
    if (before !== this.offer.status) expect(OFFER_MOVES[before]).toContain(this.offer.status);
  }

  private attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
    }
  }
}

function keyOf(bookingId: string, clientAddress: string): string {
  return `${bookingId} ${clientAddress}`;
}

type Step = (world: World, booking: Booking) => void;
const outcome = fc.constantFrom(
  ['completed', 'delivered'] as const,
  ['failed', 'delivered'] as const,
  ['failed', 'provider_failed'] as const,
  ['cancelled', 'none'] as const,
  ['expired', 'provider_failed'] as const,
);
const use = fc.record({ jobsTaken: fc.boolean(), agentWasOnline: fc.boolean() });
const steps: fc.Arbitrary<Step>[] = [
  fc.constant<Step>((world) => world.book()),
  fc.constant<Step>((world, booking) => world.lock(booking, {})),
  fc.constant<Step>((world, booking) => world.lock(booking, { clientAddress: STRANGER_ADDRESS, amount: 7n })),
  fc.bigInt({ min: 1n, max: 10n ** 19n }).map(
    (amount): Step =>
      (world, booking) =>
        world.lock(booking, { amount }),
  ),
  fc.constant<Step>((world, booking) => world.keep(booking, booking.lockRefused('wallet.locked', world.now))),
  fc.constant<Step>((world, booking) => world.keep(booking, booking.jobAssigned())),
  outcome.map(
    ([result, verdict]): Step =>
      (world, booking) =>
        world.keep(booking, booking.jobFinished(result, verdict)),
  ),
  fc.constant<Step>((world, booking) => world.act(booking, () => booking.cancel(world.now))),
  use.map(
    (made): Step =>
      (world, booking) =>
        world.keep(booking, booking.closed(made)),
  ),
  fc.constant<Step>((world, booking) => world.act(booking, () => booking.complete(world.now))),
  fc.constant<Step>((world, booking) => world.act(booking, () => booking.dispute('client', 'why', world.now))),
  fc.bigInt({ min: 0n, max: 10n ** 19n }).map(
    (gross): Step =>
      (world, booking) =>
        world.act(booking, () => booking.decide(gross, 'operator', world.now)),
  ),
  fc.tuple(fc.constantFrom(1_000, 700_000, 3_600_000, 4 * 3_600_000, 8 * DAY, 50 * DAY), fc.boolean()).map(
    ([elapsed, swept]): Step =>
      (world) =>
        world.pass(elapsed, swept),
  ),
  fc.constant<Step>((world) => world.settle()),
  fc.constant<Step>((world) => world.withdrawExpired()),
];

describe('whatever happens, in whatever order', () => {
  const histories = fc.array(fc.tuple(fc.oneof(...steps), fc.nat({ max: 2 })), { minLength: 5, maxLength: 40 });

  it('pays every escrow out once and in full, and leaves nothing stuck', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const world = new World();
        world.book();
        for (const [step, which] of history) {
          step(world, world.bookings.at(-1 - which) ?? world.bookings[0]!);
          world.check();
        }
        comeToRest(world);
        world.check();
        expect([...world.escrows.values()].every(({ state }) => state === 'gone')).toBe(true);
        expect(world.bookings.every(({ status }) => status === 'settled' || status === 'cancelled')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  function comeToRest(world: World): void {
    for (const days of [1, 8, 8]) {
      world.pass(days * DAY, true);
      for (const booking of world.bookings) {
        world.act(booking, () => booking.decide(1n, 'operator', world.now));
        world.keep(booking, booking.closed({ jobsTaken: false, agentWasOnline: true }));
      }
    }
    while (world.due.length > 0) world.settle();
  }

  it('reaches every status that a booking has', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(histories, (history) => {
        const world = new World();
        world.book();
        for (const [step, which] of history) {
          step(world, world.bookings.at(-1 - which) ?? world.bookings[0]!);
          world.bookings.forEach(({ status }) => seen.add(status));
        }
      }),
      { numRuns: 500, seed: 7733 },
    );
    expect(seen).toEqual(
      new Set(['requested', 'funded', 'active', 'ended', 'disputed', 'settling', 'settled', 'cancelled']),
    );
  });
});
