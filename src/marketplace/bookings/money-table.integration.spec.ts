import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { readMetrics } from '@aitbc/platform';
import { QueryBus } from '@nestjs/cqrs';
import { getRepositoryToken } from '@nestjs/typeorm';
import { AccountView, GetAccount } from '../../blockchain/contract/index.js';
import { EscrowLockFailed, EscrowWithdrawn } from '../../wallet/contract/index.js';
import {
  BookingActionNotPossible,
  BookingChanged,
  BookingEnded,
  type BookingStatus,
  BookingSettled,
  type BookingView,
  CancelBooking,
  CompleteBooking,
  DecideBooking,
  DisputeBooking,
  type OfferStatus,
} from '../contract/index.js';
import { EscrowCheck } from '../escrow-check.js';
import { Booking } from './booking.entity.js';
import {
  DAY,
  ESCROW_ADDRESS,
  HOUR,
  HOURS,
  MINUTE,
  PRICE,
  STRANGER_ADDRESS,
  TOTAL,
} from '../testing/marketplace-data.js';
import { client, MarketplaceScenario, operator, provider } from '../testing/marketplace-scenario.js';

describeEachDatabase('the money table', (url) => {
  let market: MarketplaceScenario;
  beforeAll(async () => void (market = await MarketplaceScenario.start(url())));
  afterAll(() => market?.app.close());

  const cancel = ({ id }: BookingView) => market.app.execute(CancelBooking.of({ bookingId: id }), { as: client });
  const complete = ({ id }: BookingView) => market.app.execute(CompleteBooking.of({ bookingId: id }), { as: client });
  const dispute = ({ id }: BookingView, as = client) =>
    market.app.execute(DisputeBooking.of({ bookingId: id, reason: 'nothing worked' }), { as });
  const decide = ({ id }: BookingView, decision: Partial<DecideBooking>) =>
    market.app.execute(DecideBooking.of({ bookingId: id, ...decision }), { as: operator });

  const paid = async () =>
    (await readMetrics([{ metric: 'aitbc_escrow_paid_ait_total', isCounter: true }]))[0]![0]!.value;

  interface Row {
    name: string;
    from: () => Promise<BookingView>;
    act: (booking: BookingView) => Promise<unknown>;
    to: BookingStatus;
    offer: OfferStatus;
    gross?: bigint;
  }

  const rows: Row[] = [
    {
      name: 'requested, locked with the right amount: funded',
      from: () => market.requested(),
      act: (booking) => market.lock(booking),
      to: 'funded',
      offer: 'reserved',
    },
    {
      name: 'requested, refused by wallet or chain: cancelled',
      from: () => market.requested(),
      act: ({ id }) =>
        market.app.publish(EscrowLockFailed.of({ bookingId: id, code: 'wallet.locked', detail: 'it was locked' })),
      to: 'cancelled',
      offer: 'available',
    },
    {
      name: 'requested, 10 minutes pass: cancelled',
      from: () => market.requested(),
      act: () => market.pass(10 * MINUTE),
      to: 'cancelled',
      offer: 'available',
    },
    {
      name: 'requested, locked with a wrong amount: cancelled, all back',
      from: () => market.requested(),
      act: (booking) => market.lock(booking, { amount: TOTAL - 1n }),
      to: 'cancelled',
      offer: 'available',
      gross: 0n,
    },
    {
      name: 'given up, locked late: stays cancelled, all back',
      from: () => market.requested(),
      act: async (booking) => {
        await market.pass(10 * MINUTE);
        await market.lock(booking);
      },
      to: 'cancelled',
      offer: 'available',
      gross: 0n,
    },
    {
      name: 'funded, first job assigned: active',
      from: () => market.funded(),
      act: ({ id }) => market.assignJob(id),
      to: 'active',
      offer: 'in_use',
    },
    {
      name: 'funded, cancelled: settling until the agents have told what was made of it',
      from: () => market.funded(),
      act: cancel,
      to: 'settling',
      offer: 'available',
    },
    {
      name: 'funded, cancelled at once without a job taken: cancelled, all back',
      from: () => market.funded(),
      act: async (booking) => {
        await cancel(booking);
        await market.close(booking.id);
      },
      to: 'cancelled',
      offer: 'available',
      gross: 0n,
    },
    {
      name: 'funded, cancelled in the second hour while an agent was there: settling, two hours paid',
      from: () => market.funded(),
      act: async (booking) => {
        await market.pass(HOUR);
        await cancel(booking);
        await market.close(booking.id);
      },
      to: 'settling',
      offer: 'available',
      gross: 2n * PRICE,
    },
    {
      name: 'funded, cancelled after the client got a result of which nothing was heard: settling, an hour paid',
      from: () => market.funded(),
      act: async (booking) => {
        await cancel(booking);
        await market.close(booking.id, { jobsTaken: true });
        await market.assignJob(booking.id);
        await market.finishJob(booking.id, 'completed');
      },
      to: 'settling',
      offer: 'available',
      gross: PRICE,
    },
    {
      name: 'active, cancelled in the second hour: settling, two hours paid',
      from: () => market.active(),
      act: async (booking) => {
        await market.pass(HOUR);
        await cancel(booking);
      },
      to: 'settling',
      offer: 'available',
      gross: 2n * PRICE,
    },
    {
      name: 'funded, completed: settling, all paid',
      from: () => market.funded(),
      act: complete,
      to: 'settling',
      offer: 'available',
      gross: TOTAL,
    },
    {
      name: 'active, completed: settling, all paid',
      from: () => market.active(),
      act: complete,
      to: 'settling',
      offer: 'available',
      gross: TOTAL,
    },
    {
      name: 'funded, time is up: ended',
      from: () => market.funded(),
      act: () => market.pass(HOURS * HOUR),
      to: 'ended',
      offer: 'available',
    },
    {
      name: 'active, time is up: ended',
      from: () => market.active(),
      act: () => market.pass(HOURS * HOUR),
      to: 'ended',
      offer: 'available',
    },
    {
      name: 'ended without jobs, the window passes: settling, all paid',
      from: () => market.ended(),
      act: () => market.pass(7 * DAY),
      to: 'settling',
      offer: 'available',
      gross: TOTAL,
    },
    {
      name: 'ended with a completed job, the window passes: settling, all paid',
      from: () => market.ended(),
      act: async ({ id }) => {
        await market.finishJob(id, 'failed');
        await market.finishJob(id, 'completed');
        await market.pass(7 * DAY);
      },
      to: 'settling',
      offer: 'available',
      gross: TOTAL,
    },
    {
      name: 'ended with programs that failed by themselves only, the window passes: settling, all paid',
      from: () => market.ended(),
      act: async ({ id }) => {
        await market.finishJob(id, 'failed', 'delivered');
        await market.finishJob(id, 'expired', 'none');
        await market.pass(7 * DAY);
      },
      to: 'settling',
      offer: 'available',
      gross: TOTAL,
    },
    {
      name: 'ended with jobs that failed through the provider only, the window passes: settling, all back',
      from: () => market.ended(),
      act: async ({ id }) => {
        await market.finishJob(id, 'failed', 'provider_failed');
        await market.pass(7 * DAY);
      },
      to: 'settling',
      offer: 'available',
      gross: 0n,
    },
    {
      name: 'active, disputed by the client: disputed, frozen',
      from: () => market.active(),
      act: async (booking) => {
        await dispute(booking);
        await market.pass(30 * DAY);
      },
      to: 'disputed',
      offer: 'available',
    },
    {
      name: 'ended, disputed by the provider: disputed, frozen',
      from: () => market.ended(),
      act: async (booking) => {
        await dispute(booking, provider);
        await market.pass(30 * DAY);
      },
      to: 'disputed',
      offer: 'available',
    },
    {
      name: 'disputed, decided by amount: settling, that paid',
      from: () => market.disputed(),
      act: (booking) => decide(booking, { providerGross: 1n }),
      to: 'settling',
      offer: 'available',
      gross: 1n,
    },
    {
      name: 'disputed, decided by share: settling, the share paid',
      from: () => market.disputed(),
      act: (booking) => decide(booking, { providerShare: 2_500 }),
      to: 'settling',
      offer: 'available',
      gross: TOTAL / 4n,
    },
  ];

  it.each(rows)('$name', async ({ from, act, to, offer, gross }) => {
    const booking = await from();
    await act(booking);
    await market.app.settled();

    const after = await market.booking(booking.id);
    expect([after.status, (await market.offer(booking.offerId)).status]).toEqual([to, offer]);
    expect(market.settlements(booking.id).map(({ providerGross }) => providerGross)).toEqual(
      gross === undefined ? [] : [gross],
    );
  });

  it.each([
    ['settling', 'settled', complete, TOTAL],
    ['cancelled', 'cancelled', cancel, 0n],
  ] as const)('%s, settlement confirmed: %s, once', async (before, status, act, gross) => {
    const booking = await market.funded();
    await act(booking);
    await market.close(booking.id);
    expect((await market.booking(booking.id)).status).toBe(before);
    const [due] = market.settlements(booking.id);
    await market.confirm(due!, TOTAL);
    await market.confirm(due!, TOTAL);

    const after = await market.booking(booking.id);
    const toTreasury = (gross * 25n) / 1000n;
    expect(after).toMatchObject({
      status,
      payout: { toProvider: gross - toTreasury, toTreasury, toClient: TOTAL - gross },
      escrow: { lockTransaction: `0x${'1'.repeat(64)}`, releaseTransaction: `0x${'2'.repeat(64)}` },
    });
    const settled = market.app.published(BookingSettled).filter(({ bookingId }) => bookingId === booking.id);
    expect(settled).toHaveLength(1);
  });

  it('a withdrawal by the client after the expiry: cancelled, all back, whatever was going on', async () => {
    const { id } = await market.disputed();
    const key = { bookingId: id, escrowAddress: ESCROW_ADDRESS, transactionHash: `0x${'3'.repeat(64)}` };
    const { clientAddress } = await market.booking(id);
    await market.app.publish(EscrowWithdrawn.of({ ...key, clientAddress: STRANGER_ADDRESS, amount: TOTAL }));
    expect((await market.booking(id)).status).toBe('disputed');
    await market.app.publish(EscrowWithdrawn.of({ ...key, clientAddress, amount: TOTAL }));
    expect(await market.booking(id)).toMatchObject({ status: 'cancelled', payout: { toClient: TOTAL } });
  });

  it('a lock by a stranger under the booking: refunded to the stranger, the booking waits on', async () => {
    const booking = await market.requested();
    await market.lock(booking, { clientAddress: STRANGER_ADDRESS, amount: 1n });
    expect(market.settlements(booking.id)).toMatchObject([{ clientAddress: STRANGER_ADDRESS, providerGross: 0n }]);
    await market.confirm(market.settlements(booking.id)[0]!, 1n);
    expect(await market.booking(booking.id)).toMatchObject({ status: 'requested', payout: null });
  });

  it('a lock for a booking that nobody made changes nothing and holds nothing up', async () => {
    const booking = await market.requested();
    const absent = { ...booking, id: '019a0000-0000-7000-8000-0000000000ff' };
    await market.lock(absent);
    expect(market.settlements(absent.id)).toEqual([]);
  });

  it('when the same lock is told twice, funds once', async () => {
    const booking = await market.requested();
    const messageId = '019a0000-0000-7000-8000-0000000000aa';
    await market.lock(booking, {}, messageId);
    await market.lock(booking, {}, messageId);
    await market.lock(booking);
    expect((await market.booking(booking.id)).status).toBe('funded');
    expect(market.settlements(booking.id)).toEqual([]);
  });

  it('when the client cancels and completes at once, one of them counts', async () => {
    const booking = await market.active();
    const outcomes = await Promise.allSettled([cancel(booking), complete(booking), cancel(booking), complete(booking)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused.every(({ reason }) => reason instanceof BookingActionNotPossible)).toBe(true);
    expect(market.settlements(booking.id)).toHaveLength(1);
  });

  it('tells the agents why it ended', async () => {
    const booking = await market.active();
    await market.pass(HOURS * HOUR);
    await dispute(booking);
    const told = market.app.published(BookingEnded).filter(({ bookingId }) => bookingId === booking.id);
    expect(told.map(({ reason }) => reason)).toEqual(['time_up']);
  });

  it('is what the balance of the escrow is checked against', async () => {
    const check = market.app.get(EscrowCheck);
    let balance = (await check.books()).least;
    market.app.stub(GetAccount, ({ address }) => AccountView.of({ address, balance, nonce: 1, pendingNonce: 1 }));
    const difference = async () => {
      await check.difference();
      market.clock.advance(MINUTE);
      return check.difference();
    };
    expect(await difference()).toBe(0n);

    const booking = await market.requested();
    balance += TOTAL;
    expect(await difference(), 'locked on the chain, not told yet').toBe(0n);
    await market.lock(booking);
    expect(await difference()).toBe(0n);
    balance -= 1n;
    expect(await difference(), 'money is missing').toBe(-1n);
    balance += 1n;

    await complete(booking);
    balance -= TOTAL;
    expect(await difference(), 'paid on the chain, not told yet').toBe(0n);
    const paidBefore = await paid();
    await market.confirm(market.settlements(booking.id)[0]!, TOTAL);
    expect(await difference()).toBe(0n);
    expect((await paid()) - paidBefore).toBeCloseTo(Number(TOTAL) / 1e18);
    balance = (await check.books()).most + 3n;
    expect(await difference(), 'money that nobody booked').toBe(3n);
  });

  it('when the balance is looked at seldom, one look alone counts for nothing', async () => {
    const check = new EscrowCheck(
      market.app.get(getRepositoryToken(Booking, 'marketplace') as string),
      market.app.get(QueryBus),
      market.clock,
    );
    let balance = (await check.books()).least - 1n;
    market.app.stub(GetAccount, ({ address }) => AccountView.of({ address, balance, nonce: 1, pendingNonce: 1 }));
    const lookAfter = (minutes: number) => {
      market.clock.advance(minutes * MINUTE);
      return check.difference();
    };
    expect(await lookAfter(0), 'the first look').toBe(0n);
    expect(await lookAfter(0.5)).toBe(0n);
    expect(await lookAfter(0.5)).toBe(-1n);
    balance += 1n;
    expect(await lookAfter(5)).toBe(0n);
    balance -= 1n;
    expect(await lookAfter(5), 'it was well at the look before').toBe(0n);
    expect(await lookAfter(5)).toBe(-1n);
  });

  it('tells those who show it each status once, with its parties', async () => {
    const { id: bookingId, offerId } = await market.active();
    await market.assignJob(bookingId);
    await dispute(await market.booking(bookingId));
    const told = market.app.published(BookingChanged).filter((each) => each.bookingId === bookingId);
    const parties = { offerId, clientId: client.subject, providerId: provider.subject };
    expect(told).toEqual(
      (['requested', 'funded', 'active', 'disputed'] as const).map((status) =>
        BookingChanged.of({ bookingId, ...parties, status }),
      ),
    );
  });

  it('sweeps by itself', async () => {
    const booking = await market.requested();
    market.clock.advance(10 * MINUTE);
    await vi.waitFor(async () => expect((await market.booking(booking.id)).status).toBe('cancelled'), {
      timeout: 10_000,
    });
  });
});
