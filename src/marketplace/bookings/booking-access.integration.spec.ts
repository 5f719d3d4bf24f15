import { Forbidden, Unauthenticated, type ValidationFailed } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Cursors, type Page } from '@aitbc/platform';
import {
  BookingNotFound,
  type BookingView,
  CancelBooking,
  CompleteBooking,
  DecideBooking,
  DecisionExceedsTotal,
  DisputeBooking,
  DisputeForClient,
  type EscrowView,
  GetBooking,
  ListBookings,
  ListEscrows,
  MarketplaceAudited,
  OnlyClientMay,
  PartyCannotDecide,
} from '../contract/index.js';
import { CLIENT, DAY, HOUR, HOURS, OPERATOR, PROVIDER, TOTAL } from '../testing/marketplace-data.js';
import { client, MarketplaceScenario, operator, provider, stranger } from '../testing/marketplace-scenario.js';

describeEachDatabase('who may do what with a booking', (url) => {
  let market: MarketplaceScenario;
  let booking: BookingView;
  beforeAll(async () => void (market = await MarketplaceScenario.start(url())));
  beforeEach(async () => void (booking = await market.active()));
  afterAll(() => market?.app.close());

  const acts = {
    cancel: () => CancelBooking.of({ bookingId: booking.id }),
    complete: () => CompleteBooking.of({ bookingId: booking.id }),
    dispute: () => DisputeBooking.of({ bookingId: booking.id, reason: 'none of my business' }),
  };

  it.each([
    ['its client', client],
    ['its provider', provider],
    ['an operator', operator],
  ])('%s reads it', async (_, as) => {
    expect(await market.booking(booking.id, as)).toEqual(booking);
  });

  it.each(Object.keys(acts) as (keyof typeof acts)[])(
    'for a stranger who wants to %s, it does not exist',
    async (act) => {
      await expect(market.app.execute(acts[act](), { as: stranger })).rejects.toThrow(BookingNotFound);
      await expect(market.app.execute(acts[act](), { as: operator })).rejects.toThrow(BookingNotFound);
      expect((await market.booking(booking.id)).status).toBe('active');
    },
  );

  it('for a stranger who reads, or a booking that nobody made, it does not exist', async () => {
    await expect(market.booking(booking.id, stranger)).rejects.toThrow(BookingNotFound);
    await expect(market.booking('019a0000-0000-7000-8000-0000000000ff', operator)).rejects.toThrow(BookingNotFound);
    await expect(market.app.ask(GetBooking.of({ bookingId: booking.id }))).rejects.toThrow(Unauthenticated);
  });

  it.each(['cancel', 'complete'] as const)('the provider cannot %s it', async (act) => {
    await expect(market.app.execute(acts[act](), { as: provider })).rejects.toThrow(OnlyClientMay);
    expect((await market.booking(booking.id)).status).toBe('active');
  });

  it.each(['', '\0', 'x'.repeat(1001)])('is not disputed for a reason that is no text', async (reason) => {
    const command = DisputeBooking.of({ bookingId: booking.id, reason });
    await expect(market.app.execute(command, { as: client })).rejects.toMatchObject({ code: 'validation_failed' });
  });

  describe('when it is disputed', () => {
    beforeEach(() => market.app.execute(acts.dispute(), { as: provider }));
    const decide = (as = operator, providerGross = 1n) =>
      market.app.execute(DecideBooking.of({ bookingId: booking.id, providerGross }), { as });

    it('says who disputed it and why', async () => {
      expect((await market.booking(booking.id)).dispute).toMatchObject({
        by: 'provider',
        reason: 'none of my business',
      });
    });

    it('only an operator decides, and none who is a party to it', async () => {
      await expect(decide(client)).rejects.toThrow(Forbidden);
      await expect(decide({ ...operator, subject: PROVIDER })).rejects.toThrow(PartyCannotDecide);
      await expect(decide(operator, TOTAL + 1n)).rejects.toThrow(DecisionExceedsTotal);
      expect((await market.booking(booking.id)).status).toBe('disputed');
    });

    it.each([
      ['nothing', {}, 'providerShare'],
      ['null', { providerGross: null as never }, 'providerGross'],
      ['amount and share', { providerGross: 1n, providerShare: 1 }, 'providerShare'],
      ['more than all', { providerShare: 10_001 }, 'providerShare'],
    ])('refuses a decision that says %s', async (_, decision, field) => {
      const command = DecideBooking.of({ bookingId: booking.id, ...decision });
      const refused = await market.app.execute(command, { as: operator }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'validation_failed' });
      const fields = (refused as ValidationFailed).details.errors.map((error) => error.field);
      expect(new Set(fields)).toEqual(new Set([field]));
    });
  });

  describe('a list of bookings', () => {
    const list = (as = client, query: Partial<ListBookings> = {}) =>
      market.page<BookingView>(ListBookings.of({ limit: 100, ...query }), as);
    const ids = (page: Page<BookingView>) => page.items.map(({ id }) => id);

    it('holds those of the client, of the provider, and for an operator all', async () => {
      for (const as of [client, provider, operator]) expect(ids(await list(as))).toContain(booking.id);
      expect(ids(await list(stranger))).toEqual([]);
    });

    it('refuses a cursor of another list', async () => {
      const refused = list(client, { cursor: new Cursors('marketplace.escrows', 'id').after({}, [booking.id]) });
      await expect(refused).rejects.toMatchObject({ details: { errors: [{ field: 'cursor' }] } });
    });

    it('holds the status asked for, newest first, page by page', async () => {
      await market.requested();
      const active = await list(client, { status: 'active' });
      expect(active.items.every(({ status }) => status === 'active')).toBe(true);
      expect(ids(active)).toEqual(ids(active).toSorted().toReversed());

      const paged: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: Page<BookingView> = await list(client, { status: 'active', limit: 2, cursor });
        paged.push(...ids(page));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(ids(active));
    });
  });

  describe('an operator who refunds a client', () => {
    const dispute = (as = operator) =>
      market.app.execute<BookingView>(DisputeForClient.of({ bookingId: booking.id, reason: 'no GPU there' }), { as });
    const audited = () =>
      market.app.published(MarketplaceAudited).filter(({ resource }) => resource.endsWith(booking.id));

    it('disputes in its name, decides, and leaves a record of both', async () => {
      expect((await dispute()).dispute).toMatchObject({ by: 'client', reason: 'no GPU there' });
      await market.app.execute(DecideBooking.of({ bookingId: booking.id, providerGross: 0n }), { as: operator });
      expect(market.settlements(booking.id)).toMatchObject([{ providerGross: 0n }]);
      expect(audited()).toMatchObject([
        {
          action: 'dispute',
          before: { status: 'active' },
          after: { status: 'disputed', disputeReason: 'no GPU there' },
        },
        {
          action: 'decide',
          before: { status: 'disputed', providerGross: null },
          after: { status: 'settling', decidedBy: OPERATOR, providerGross: 0n, total: TOTAL },
        },
      ]);
    });

    it('may do so as long as a party could, and not on a booking of their own', async () => {
      for (const as of [client, provider, stranger]) await expect(dispute(as)).rejects.toThrow(Forbidden);
      await expect(dispute({ ...operator, subject: PROVIDER })).rejects.toThrow(PartyCannotDecide);
      await expect(dispute({ ...operator, subject: CLIENT })).rejects.toThrow(PartyCannotDecide);
      await market.pass(HOURS * HOUR);
      market.clock.advance(7 * DAY);
      await expect(dispute()).rejects.toMatchObject({ code: 'marketplace.booking_action_not_possible' });
      expect(audited()).toEqual([]);
    });

    it('finds bookings by client and provider, and escrows open and settled', async () => {
      const bookings = async (query: Partial<ListBookings>) =>
        (await market.page<BookingView>(ListBookings.of({ limit: 100, ...query }), operator)).items.map(({ id }) => id);
      expect(await bookings({ clientId: CLIENT, providerId: PROVIDER })).toContain(booking.id);
      expect(await bookings({ clientId: PROVIDER })).toEqual([]);
      expect(await bookings({ providerId: CLIENT })).toEqual([]);

      const escrow = async (query: Partial<ListEscrows>) =>
        (await market.page<EscrowView>(ListEscrows.of({ limit: 100, ...query }), operator)).items.find(
          ({ bookingId }) => bookingId === booking.id,
        );
      const lockTransaction = `0x${'1'.repeat(64)}`;
      const open = { state: 'open', bookingStatus: 'active', locked: TOTAL, payout: null, lockTransaction };
      expect(await escrow({ state: 'open' })).toMatchObject({ ...open, releaseTransaction: null });
      expect(await escrow({ state: 'settled' })).toBeUndefined();
      await market.app.execute(acts.complete(), { as: client });
      await market.confirm(market.settlements(booking.id)[0]!, TOTAL);
      expect(await escrow({ state: 'open' })).toBeUndefined();
      const payout = { toProvider: TOTAL - TOTAL / 40n, toTreasury: TOTAL / 40n, toClient: 0n };
      expect(await escrow({ state: 'settled', clientId: CLIENT })).toMatchObject({ providerGross: TOTAL, payout });
      const requested = await market.requested();
      const { items } = await market.page<EscrowView>(ListEscrows.of({ limit: 100 }), operator);
      expect(items.map(({ bookingId }) => bookingId)).not.toContain(requested.id);
      await expect(market.page(ListEscrows.of({}), client)).rejects.toThrow(Forbidden);
    });
  });
});
