import { Forbidden, Unauthenticated, type ValidationFailed } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { encodeCursor, type Page } from '@aitbc/platform';
import {
  BookingNotFound,
  type BookingView,
  CancelBooking,
  CompleteBooking,
  DecideBooking,
  DecisionExceedsTotal,
  DisputeBooking,
  GetBooking,
  ListBookings,
  OnlyClientMay,
  PartyCannotDecide,
} from '../contract/index.js';
import { PROVIDER, TOTAL } from '../testing/marketplace-data.js';
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
      ['null', { providerGross: null as never }, 'providerShare'],
      ['amount and share', { providerGross: 1n, providerShare: 1 }, 'providerGross'],
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
      const refused = list(client, { cursor: encodeCursor(['\0']) });
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
});
