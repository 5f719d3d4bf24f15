import { LimitReached } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AIT, Cursors, type Page } from '@aitbc/platform';
import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { AccountDeleted } from '../../gateway/contract/index.js';
import { EscrowLockFailed, GetWallet, WalletNotFound } from '../../wallet/contract/index.js';
import {
  type BookingView,
  BookOffer,
  CancelOffer,
  ChangeOffer,
  GetMarketplaceSummary,
  ListOffers,
  type MarketplaceSummaryView,
  OFFER_SORTS,
  OfferChanged,
  OfferNotCancellable,
  OfferNotChangeable,
  OfferNotFound,
  OfferPriceChanged,
  OfferUnavailable,
  type OfferView,
} from '../contract/index.js';
import { HOUR, PROVIDER, PROVIDER_ADDRESS } from '../testing/marketplace-data.js';
import { client, MarketplaceScenario, provider, stranger } from '../testing/marketplace-scenario.js';

describeEachDatabase('offers', (url) => {
  let market: MarketplaceScenario;
  beforeAll(async () => void (market = await MarketplaceScenario.start(url())));
  beforeEach(() => market.stubWallet());
  afterAll(() => market?.app.close());

  const cancel = (offerId: string, as = provider) => market.app.execute(CancelOffer.of({ offerId }), { as });
  const search = (query: Partial<ListOffers>) => market.page<OfferView>(ListOffers.of({ limit: 100, ...query }));

  it('are paid to the address of the wallet that was named', async () => {
    const offer = await market.createOffer();
    expect(offer).toMatchObject({
      providerId: PROVIDER,
      providerAddress: PROVIDER_ADDRESS,
      status: 'available',
      version: 1,
    });
    expect(await market.offer(offer.id)).toEqual({ ...offer, agentsOnline: 1, agentSeenAt: market.clock.now() });
  });

  it("when the wallet is somebody else's, is refused", async () => {
    market.app.stub(GetWallet, ({ walletId }) => Promise.reject(new WalletNotFound(walletId)));
    await expect(market.createOffer()).rejects.toThrow(WalletNotFound);
  });

  it.each([
    ['pricePerHour', { pricePerHour: 0n }],
    ['pricePerHour', { pricePerHour: 1_000_000n * AIT + 1n }],
    ['gpuModel', { gpuModel: ' ' }],
    ['gpuCount', { gpuCount: 0 }],
    ['region', { region: 'EU WEST' }],
    ['capabilities', { capabilities: ['wasm', 'wasm'] }],
    ['expiresAt', { expiresAt: new Date('2025-12-31T23:59:59.000Z') }],
  ])('when %s is wrong, is refused and says so', async (field, fields) => {
    const refused = await market.createOffer(fields).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'validation_failed', details: { errors: [{ field }] } });
  });

  it('change their price by their provider only, for those who read the last version, and only while available', async () => {
    const change = (offerId: string, fields: Partial<ChangeOffer>, as = provider) =>
      market.app.execute<OfferView>(ChangeOffer.of({ ...fields, offerId }), { as });
    const offer = await market.createOffer();
    await expect(change(offer.id, { pricePerHour: 3n * AIT }, client)).rejects.toThrow(OfferNotFound);
    const dearer = await change(offer.id, { pricePerHour: 3n * AIT, versions: [offer.version] });
    expect(dearer).toMatchObject({ pricePerHour: 3n * AIT, version: offer.version + 1, status: 'available' });
    expect(await market.offer(offer.id)).toEqual(dearer);
    await expect(change(offer.id, { pricePerHour: AIT, versions: [offer.version] })).rejects.toThrow(OfferChanged);
    const retired = await change(offer.id, { status: 'delisted', versions: [dearer.version] });
    expect(retired).toMatchObject({ status: 'delisted', pricePerHour: 3n * AIT });
    await expect(change(offer.id, { pricePerHour: AIT })).rejects.toThrow(OfferNotChangeable);
  });

  it('are not booked at another price than the client saw', async () => {
    const offer = await market.createOffer();
    await market.app.execute(ChangeOffer.of({ offerId: offer.id, pricePerHour: 9n * AIT }), { as: provider });
    const book = (pricePerHour: bigint) =>
      market.app.execute<BookingView>(
        BookOffer.of({ offerId: offer.id, durationHours: 1, walletId: offer.walletId, pricePerHour }),
        { as: client },
      );
    await expect(book(offer.pricePerHour)).rejects.toThrow(OfferPriceChanged);
    expect(await market.offer(offer.id)).toMatchObject({ status: 'available' });
    expect(await book(9n * AIT)).toMatchObject({ total: 9n * AIT });
  });

  it('are cancelled by their provider only, and only while nobody holds them', async () => {
    const offer = await market.createOffer();
    await expect(cancel(offer.id, client)).rejects.toThrow(OfferNotFound);
    await market.book(offer.id);
    await expect(cancel(offer.id)).rejects.toThrow(OfferNotCancellable);

    const free = await market.createOffer();
    expect(await cancel(free.id)).toMatchObject({ status: 'delisted', version: 2 });
    await expect(market.book(free.id)).rejects.toThrow(OfferUnavailable);
  });

  it('expire by themselves when their time has come', async () => {
    const expiresAt = new Date(market.clock.now().getTime() + HOUR);
    const offer = await market.createOffer({ expiresAt });
    market.clock.advance(HOUR);
    await expect(market.book(offer.id)).rejects.toThrow(OfferUnavailable);
    const expired = async () => expect((await market.offer(offer.id)).status).toBe('expired');
    await vi.waitFor(expired, { timeout: 10_000 });
  });

  it('are counted by status', async () => {
    const summary: MarketplaceSummaryView = await market.app.ask(GetMarketplaceSummary.of({}));
    const total = (counts: Record<string, number>) => Object.values(counts).reduce((sum, count) => sum + count, 0);
    expect(total(summary.offersByStatus)).toBe((await search({})).items.length);
    expect(summary.offersByStatus).toMatchObject({ delisted: 2, expired: 1 });
    // How many have ended is counted now and then.
    const bookings = async () =>
      (await market.app.ask<MarketplaceSummaryView>(GetMarketplaceSummary.of({}))).bookingsByStatus;
    await vi.waitFor(async () => expect(total(await bookings())).toBe(2), { timeout: 20_000 });
  });

  describe('when there are many', () => {
    const region = 'us-east';
    beforeAll(async () => {
      const prices = [9n, 10n, 2n, 10n, 100n, 9n, 2n];
      for (const [index, price] of prices.entries()) {
        await market.createOffer({
          region,
          pricePerHour: price * AIT,
          gpuModel: index % 2 ? 'AMD MI300X_A' : 'NVIDIA L4',
        });
        market.clock.advance(index % 3 === 0 ? 0 : 1000);
      }
    });

    it.each([
      ['by status', { status: 'delisted' }, 0],
      ['by region', {}, 7],
      ['by part of the model in any case', { gpuModel: 'mi300x' }, 3],
      ['by part of the model, taking _ for itself', { gpuModel: 'MI300X_' }, 3],
      ['by part of the model, taking _ for nothing else', { gpuModel: 'L_' }, 0],
      ['up to a price, as a number', { maxPricePerHour: 10n * AIT }, 6],
      ['by all at once', { gpuModel: 'nvidia', maxPricePerHour: 9n * AIT, status: 'available' }, 3],
    ] as const)('are found %s', async (_, query, count) => {
      expect((await search({ region, ...query })).items).toHaveLength(count);
    });

    it.each(OFFER_SORTS)('come sorted by %s, and page by page in the same order', async (sort) => {
      const all = (await search({ region, sort })).items;
      const field = sort.endsWith('createdAt') ? 'createdAt' : 'pricePerHour';
      const values = all.map((offer) => Number(offer[field]));
      expect(values).toEqual(values.toSorted((a, b) => (sort.startsWith('-') ? b - a : a - b)));

      const paged: OfferView[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page: Page<OfferView> = await search({ region, sort, limit: 2, cursor });
        paged.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(all);
    });

    it.each([
      ['of another sort', { sort: '-pricePerHour' }],
      ['of other filters', { gpuModel: 'NVIDIA' }],
      ['of another list', { cursor: new Cursors('marketplace.escrows', 'amount', 'id').after({}, [1n, PROVIDER]) }],
    ] as const)('refuses a cursor %s', async (_, other) => {
      const { nextCursor } = await search({ region, limit: 1, sort: 'pricePerHour' });
      expect(nextCursor).not.toBeNull();
      const refused = search({ region, limit: 1, sort: 'pricePerHour', cursor: nextCursor!, ...other });
      await expect(refused).rejects.toMatchObject({
        code: 'validation_failed',
        details: { errors: [{ field: 'cursor' }] },
      });
    });
  });

  it('are no more of one provider than the limit, however many come at once; a cancelled one makes room', async () => {
    market.flags.replace([limitFlag('offers-per-user', 1000, { [stranger.subject]: 3 })], 1);
    const list = () => market.createOffer({}, stranger);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, list));
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled');
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect([made.length, refused.length]).toEqual([3, 5]);
    expect(refused.every(({ reason }) => reason instanceof LimitReached)).toBe(true);
    expect(refused[0]!.reason).toMatchObject({ code: 'limit_reached', details: { limit: 'offers-per-user', most: 3 } });
    await cancel(made[0]!.value.id, stranger);
    await expect(list()).resolves.toMatchObject({ status: 'available' });
    await expect(list()).rejects.toThrow(LimitReached);
  });

  it('leave the market with the account of their provider: those that are held when their booking ends', async () => {
    const [idle, held] = [await market.createOffer(), await market.createOffer()];
    const booking = await market.book(held.id);
    const mine = async () => (await search({ providerId: PROVIDER })).items.map(({ id }) => id);
    expect(await mine()).toEqual(expect.arrayContaining([idle.id, held.id]));
    expect((await search({ providerId: client.subject })).items).toEqual([]);

    await market.app.publish(AccountDeleted.of({ userId: client.subject }));
    expect(await market.offer(idle.id)).toMatchObject({ status: 'available', version: 1 });
    await market.app.publish(AccountDeleted.of({ userId: PROVIDER }));
    expect(await market.offer(idle.id)).toMatchObject({ status: 'delisted', version: 2 });
    expect(await market.offer(held.id)).toMatchObject({ status: 'reserved' });
    await market.app.publish(EscrowLockFailed.of({ bookingId: booking.id, code: 'wallet.locked', detail: 'locked' }));
    expect(await market.offer(held.id)).toMatchObject({ status: 'expired' });
  });
});
