import type { Event } from '@aitbc/modulith';
import { BOOKING_STATUSES, type BookingStatus } from '../contract/bookings.js';
import { BookingActionNotPossible, DecisionExceedsTotal } from '../contract/errors.js';
import { BookingEnded, BookingFunded, SettlementDue } from '../contract/events.js';
import type { OfferStatus } from '../contract/offers.js';
import {
  at,
  CLIENT_ADDRESS,
  DAY,
  ESCROW_ADDRESS,
  HOUR,
  HOURS,
  inStatus,
  lockOf,
  MINUTE,
  PRICE,
  PROVIDER_ADDRESS,
  settlementOf,
  START,
  STRANGER_ADDRESS,
  TOTAL,
} from '../testing/marketplace-data.js';
import type { Booking } from './booking.entity.js';

type Act = (booking: Booking) => Event[];

/** What may happen to a booking. People are refused where the table has no row; what is reported from outside is ignored. */
const acts = {
  'the right lock is confirmed': (booking) => booking.lockConfirmed(lockOf(booking), at(2 * MINUTE)),
  'the lock is refused': (booking) => booking.lockRefused('wallet.locked', at(MINUTE)),
  '10 minutes pass': (booking) => booking.timePassed(at(10 * MINUTE)),
  'a job is assigned': (booking) => booking.jobAssigned(),
  'the client cancels': (booking) => booking.cancel(at(HOUR)),
  'the agents tell that a job was taken': (booking) => booking.closed({ jobsTaken: true, agentWasOnline: true }),
  'the client completes': (booking) => booking.complete(at(HOUR)),
  'the booked time is up': (booking) => booking.timePassed(at(HOURS * HOUR)),
  'the dispute window passes': (booking) => booking.timePassed(at(HOURS * HOUR + 7 * DAY)),
  'somebody disputes': (booking) => booking.dispute('client', 'nothing worked', at(HOURS * HOUR + DAY)),
  'an operator decides': (booking) => booking.decide(TOTAL / 3n, 'operator', at(20 * DAY)),
  'the settlement is confirmed': (booking) => {
    const gross = booking.escrow.providerGross ?? 0n;
    const sums = { toProvider: gross, toTreasury: 0n, toClient: (booking.escrow.lockedAmount ?? 0n) - gross };
    return booking.settlementConfirmed({ ...settlementKey, ...sums, transactionHash: '0x02' });
  },
} satisfies Record<string, Act>;
const settlementKey = { escrowAddress: ESCROW_ADDRESS, clientAddress: CLIENT_ADDRESS };
const byPeople: string[] = ['the client cancels', 'the client completes', 'somebody disputes', 'an operator decides'];

interface Row {
  from: BookingStatus;
  when: keyof typeof acts;
  to: BookingStatus;
  offer: OfferStatus;
  /** What the provider gets before the fee, where the row decides it. */
  gross?: bigint;
}

const rows: Row[] = [
  { from: 'requested', when: 'the right lock is confirmed', to: 'funded', offer: 'reserved' },
  { from: 'requested', when: 'the lock is refused', to: 'cancelled', offer: 'available' },
  { from: 'requested', when: '10 minutes pass', to: 'cancelled', offer: 'available' },
  { from: 'requested', when: 'the booked time is up', to: 'cancelled', offer: 'available' },
  { from: 'requested', when: 'the dispute window passes', to: 'cancelled', offer: 'available' },
  { from: 'funded', when: 'a job is assigned', to: 'active', offer: 'in_use' },
  { from: 'funded', when: 'the client cancels', to: 'settling', offer: 'available' },
  { from: 'active', when: 'the client cancels', to: 'settling', offer: 'available', gross: 2n * PRICE },
  { from: 'funded', when: 'the client completes', to: 'settling', offer: 'available', gross: TOTAL },
  { from: 'active', when: 'the client completes', to: 'settling', offer: 'available', gross: TOTAL },
  { from: 'funded', when: 'the booked time is up', to: 'ended', offer: 'available' },
  { from: 'active', when: 'the booked time is up', to: 'ended', offer: 'available' },
  { from: 'funded', when: 'the dispute window passes', to: 'ended', offer: 'available' },
  { from: 'active', when: 'the dispute window passes', to: 'ended', offer: 'available' },
  { from: 'ended', when: 'the dispute window passes', to: 'settling', offer: 'available', gross: TOTAL },
  { from: 'active', when: 'somebody disputes', to: 'disputed', offer: 'available' },
  { from: 'ended', when: 'somebody disputes', to: 'disputed', offer: 'available' },
  { from: 'disputed', when: 'an operator decides', to: 'settling', offer: 'available', gross: TOTAL / 3n },
  { from: 'settling', when: 'the settlement is confirmed', to: 'settled', offer: 'available' },
  { from: 'cancelled', when: 'the settlement is confirmed', to: 'cancelled', offer: 'available' },
];

const settlements = (events: Event[]) => events.filter((event) => event instanceof SettlementDue);

describe('the money table', () => {
  it.each(rows)(
    'when it is $from and $when, is $to, the offer $offer',
    ({ from, when, to, offer: expected, gross }) => {
      const { booking, offer } = inStatus(from);
      const decided = booking.escrow.providerGross;
      const due = settlements(acts[when](booking));
      offer.follow(booking.id, booking.hold, START);

      expect({ status: booking.status, offer: offer.status }).toEqual({ status: to, offer: expected });
      expect(due).toEqual(gross === undefined ? [] : [settlementDue(booking.id, gross)]);
      expect(booking.escrow.providerGross).toBe(gross ?? decided);
    },
  );

  const absent = BOOKING_STATUSES.flatMap((from) =>
    (Object.keys(acts) as Row['when'][])
      .filter((when) => !rows.some((row) => row.from === from && row.when === when))
      .map((when) => ({ from, when, answer: byPeople.includes(when) ? 'refuses' : 'stays as it is' })),
  );

  it.each(absent)('when it is $from and $when, $answer', ({ from, when, answer }) => {
    const { booking } = inStatus(from);
    const before = structuredClone({ ...booking, escrow: { ...booking.escrow } });
    const act = () => acts[when](booking);

    if (answer === 'refuses') expect(act).toThrow(BookingActionNotPossible);
    else expect(act()).toEqual([]);
    expect({ ...booking, escrow: { ...booking.escrow } }).toEqual(before);
  });
});

function settlementDue(bookingId: string, providerGross: bigint) {
  return SettlementDue.of({ bookingId, escrowAddress: ESCROW_ADDRESS, clientAddress: CLIENT_ADDRESS, providerGross });
}

describe('when money is locked', () => {
  it('runs from the moment it is funded, for the hours booked', () => {
    const { booking } = inStatus('requested');
    const [funded] = booking.lockConfirmed(lockOf(booking), at(5 * MINUTE)) as [BookingFunded];
    expect(funded).toBeInstanceOf(BookingFunded);
    expect(funded.endsAt).toEqual(at(5 * MINUTE + HOURS * HOUR));
  });

  it.each([
    ['the amount is too small', { amount: TOTAL - 1n }],
    ['the amount is too large', { amount: TOTAL + 1n }],
    ['it names another provider', { providerAddress: STRANGER_ADDRESS }],
    ['it expires before the booking can be settled', { expiresAt: at(HOURS * HOUR) }],
    ['it was locked after the ten minutes, before the sweep', { lockedAt: at(10 * MINUTE + 1) }],
  ])('when %s, cancels and refunds all of it', (_, other) => {
    const { booking, offer } = inStatus('requested');
    const events = booking.lockConfirmed(lockOf(booking, other), at(11 * MINUTE));
    offer.follow(booking.id, booking.hold, START);

    expect(events).toEqual([
      BookingEnded.of({ bookingId: booking.id, reason: 'cancelled' }),
      settlementDue(booking.id, 0n),
    ]);
    expect([booking.status, offer.status, booking.failure]).toEqual(['cancelled', 'available', expect.any(String)]);
    booking.settlementConfirmed(settlementOf(booking));
    expect([booking.status, booking.escrow.toClient]).toEqual(['cancelled', booking.escrow.lockedAmount]);
  });

  it('when it had been given up, refunds all of it, once', () => {
    const { booking } = inStatus('requested');
    booking.timePassed(at(10 * MINUTE));
    const late = lockOf(booking, { lockedAt: at(11 * MINUTE) });
    expect(booking.lockConfirmed(late, at(12 * MINUTE))).toEqual([settlementDue(booking.id, 0n)]);
    expect(booking.lockConfirmed(late, at(13 * MINUTE))).toEqual([]);
    expect(booking.status).toBe('cancelled');
  });

  it.each([
    ['from another address', { clientAddress: STRANGER_ADDRESS }],
    ['in another escrow contract', { escrowAddress: STRANGER_ADDRESS }],
  ])('%s, refunds that and waits on for its own', (_, other) => {
    const { booking } = inStatus('requested');
    const foreign = lockOf(booking, other);
    const { escrowAddress, clientAddress } = foreign;
    const refund = SettlementDue.of({ bookingId: booking.id, escrowAddress, clientAddress, providerGross: 0n });
    expect(booking.lockConfirmed(foreign, at(MINUTE))).toEqual([refund]);
    expect([booking.status, booking.escrow.isLocked]).toEqual(['requested', false]);
  });
});

describe('when the dispute window passes', () => {
  it.each([
    {
      jobs: [
        ['failed', 'provider_failed'],
        ['expired', 'provider_failed'],
        ['cancelled', 'none'],
      ] as const,
      gross: 0n,
      because: 'all that were tried failed through the provider',
    },
    {
      jobs: [
        ['failed', 'provider_failed'],
        ['completed', 'delivered'],
      ] as const,
      gross: TOTAL,
      because: 'one completed',
    },
    {
      jobs: [
        ['failed', 'provider_failed'],
        ['failed', 'delivered'],
      ] as const,
      gross: TOTAL,
      because: 'one was executed to the limit of its time',
    },
    { jobs: [['failed', 'delivered']] as const, gross: TOTAL, because: 'its programs failed by themselves' },
    { jobs: [['expired', 'none']] as const, gross: TOTAL, because: 'it was given no time' },
    { jobs: [['cancelled', 'none']] as const, gross: TOTAL, because: 'the client cancelled its only job' },
  ])('gives the provider $gross, because $because', ({ jobs, gross }) => {
    const { booking } = inStatus('ended');
    for (const [outcome, verdict] of jobs) booking.jobFinished(outcome, verdict);
    expect(booking.timePassed(at(HOURS * HOUR + 7 * DAY))).toEqual([settlementDue(booking.id, gross)]);
  });

  it('when it is disputed a moment later, refuses', () => {
    const { booking } = inStatus('ended');
    expect(() => booking.dispute('provider', 'late', at(HOURS * HOUR + 7 * DAY))).toThrow(BookingActionNotPossible);
  });
});

describe('when a booking that no job is known of was cancelled', () => {
  const nothing = { jobsTaken: false, agentWasOnline: true };
  it.each([
    { after: 10 * MINUTE, use: nothing, hours: 0n, because: 'it was cancelled within ten minutes of the funding' },
    { after: 10 * MINUTE + 1, use: nothing, hours: 1n, because: 'the first hour had begun' },
    { after: 3 * HOUR - 1, use: nothing, hours: 3n, because: 'the last hour had begun' },
    {
      after: 2 * HOUR,
      use: { jobsTaken: false, agentWasOnline: false },
      hours: 0n,
      because: 'no agent was online meanwhile',
    },
    {
      after: 1,
      use: { jobsTaken: true, agentWasOnline: true },
      hours: 1n,
      because: 'an agent had taken a job that the marketplace had not heard of',
    },
  ])('gives the provider $hours hours, because $because', ({ after, use, hours }) => {
    const { booking } = inStatus('funded');
    const told = booking.cancel(at(after));
    expect(told).toEqual([BookingEnded.of({ bookingId: booking.id, reason: 'cancelled', fundedAt: START })]);
    expect([booking.status, booking.escrow.isDecided]).toEqual(['settling', false]);
    booking.jobAssigned();
    expect(booking.closed(use)).toEqual([settlementDue(booking.id, hours * PRICE)]);
    expect(booking.closed(nothing)).toEqual([]);
    expect(booking.status).toBe(hours === 0n ? 'cancelled' : 'settling');
    booking.settlementConfirmed(settlementOf(booking));
    expect(booking.status).toBe(hours === 0n ? 'cancelled' : 'settled');
  });

  it('asks again for the outcome until it is told', () => {
    const { booking } = inStatus('funded');
    const told = booking.cancel(at(MINUTE));
    expect(booking.timePassed(at(10 * MINUTE))).toEqual([]);
    expect(booking.timePassed(at(11 * MINUTE))).toEqual(told);
    expect(booking.timePassed(at(21 * MINUTE))).toEqual(told);
    booking.closed(nothing);
    expect(booking.timePassed(at(DAY))).toEqual([]);
  });
});

describe('when the booked time is up and the sweep has not come by', () => {
  it.each(['cancel', 'complete'] as const)('refuses to %s', (action) => {
    const { booking } = inStatus('active');
    expect(() => booking[action](at(HOURS * HOUR))).toThrow(/ended/);
  });
});

describe('when it is disputed', () => {
  it('refuses a decision over the total and decides nothing', () => {
    const { booking } = inStatus('disputed');
    expect(() => booking.decide(TOTAL + 1n, 'operator', at(DAY))).toThrow(DecisionExceedsTotal);
    expect([booking.status, booking.escrow.isDecided]).toEqual(['disputed', false]);
  });

  it('has no time limit: only a decision or the expiry of the escrow ends it', () => {
    const { booking } = inStatus('disputed');
    expect(booking.timePassed(at(365 * DAY))).toEqual([]);
  });
});

describe('when the client withdraws after the escrow expired', () => {
  const withdrawn = { ...settlementKey, amount: TOTAL, transactionHash: '0x03' };

  it.each(['funded', 'active', 'ended', 'disputed', 'settling'] as const)(
    'while %s, is cancelled with all back',
    (from) => {
      const { booking, offer } = inStatus(from);
      booking.escrowWithdrawn(withdrawn, at(60 * DAY));
      offer.follow(booking.id, booking.hold, START);
      expect([booking.status, offer.status, booking.escrow.toClient]).toEqual(['cancelled', 'available', TOTAL]);
      expect(booking.settlementConfirmed({ ...settlementKey, ...paidTwice })).toEqual([]);
    },
  );

  it('from a lock of its own under this booking id, a stranger changes nothing', () => {
    const { booking } = inStatus('active');
    expect(booking.escrowWithdrawn({ ...withdrawn, clientAddress: STRANGER_ADDRESS }, at(DAY))).toEqual([]);
    expect(booking.status).toBe('active');
  });

  const paidTwice = { transactionHash: '0x04', toProvider: TOTAL, toTreasury: 0n, toClient: 0n };
});

it('tells the agents once that no more jobs may run', () => {
  const { booking } = inStatus('active');
  const events = [
    ...booking.timePassed(at(HOURS * HOUR)),
    ...booking.dispute('provider', 'paid too little', at(HOURS * HOUR + DAY)),
    ...booking.decide(TOTAL, 'operator', at(2 * DAY)),
  ];
  expect(events.filter((event) => event instanceof BookingEnded)).toEqual([
    BookingEnded.of({ bookingId: booking.id, reason: 'time_up', fundedAt: START }),
  ]);
});

it('names the provider address that the offer had', () => {
  expect(inStatus('requested').booking.requested.providerAddress).toBe(PROVIDER_ADDRESS);
});
