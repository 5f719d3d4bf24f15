import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, Cache } from '@aitbc/platform';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis } from '../../../test/support/redis-server.js';
import { BookOffer, CancelOffer, ListOffers, type OfferView } from '../contract/index.js';
import { at, HOUR } from '../testing/marketplace-data.js';
import { MarketplaceScenario, provider } from '../testing/marketplace-scenario.js';
import { ExpireOffers } from './expire-offers.js';
import { ListOffersHandler } from './list-offers.js';

describeEachDatabase('searches for offers, kept in Redis by two applications', (url) => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let directory: string;
  let markets: MarketplaceScenario[];
  const [A, B] = [() => markets[0]!, () => markets[1]!];

  beforeAll(async () => {
    redis = await startRedis();
    directory = mkdtempSync(join(tmpdir(), 'offers-'));
    const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: directory, REDIS_URL: redis.url });
    markets = [await MarketplaceScenario.start(url(), config), await MarketplaceScenario.start(url(), config)];
  });
  afterAll(async () => {
    await Promise.all((markets ?? []).map(({ app }) => app.close()));
    await redis?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const search = async (market: MarketplaceScenario, query: Partial<ListOffers> = {}): Promise<OfferView[]> =>
    (await market.page<OfferView>(ListOffers.of({ limit: 100, ...query }))).items;
  const reads = (market: MarketplaceScenario) =>
    vi.spyOn(market.app.get(ListOffersHandler) as unknown as { search(): unknown }, 'search');
  /** Resolves when a search is answered without reading offers. */
  const warm = async (market: MarketplaceScenario, query: Partial<ListOffers> = {}) => {
    const read = reads(market);
    const isKept = async () => {
      read.mockClear();
      await search(market, query);
      expect(read).not.toHaveBeenCalled();
    };
    await vi.waitFor(isKept, { timeout: 5_000, interval: 10 });
    read.mockRestore();
  };

  it('are computed by one for both, whatever the spelling of the model', async () => {
    await A().createOffer();
    await warm(B(), { region: 'eu-west' });
    await warm(A(), { gpuModel: 'H100' });
    const read = reads(B());
    const [offer] = await search(B(), { gpuModel: 'h100' });
    expect(read).not.toHaveBeenCalled();
    expect(offer).toMatchObject({ gpuModel: 'NVIDIA H100 SXM', createdAt: at(0), status: 'available' });
    expect(typeof offer!.pricePerHour).toBe('bigint');
    read.mockRestore();
  });

  it.each([
    ['listed', async () => void (await A().createOffer())],
    ['booked', async () => void (await A().requested())],
    ['let go', async () => A().pass(HOUR)],
    [
      'cancelled',
      async () => {
        const { id: offerId } = await A().createOffer();
        await warm(A());
        await A().app.execute(CancelOffer.of({ offerId }), { as: provider });
      },
    ],
    [
      'expired',
      async () => {
        const { id } = await A().createOffer({ expiresAt: new Date(A().clock.now().getTime() + HOUR) });
        await warm(A());
        A().clock.advance(HOUR);
        await A().app.get(ExpireOffers).sweep();
        expect((await A().offer(id)).status).toBe('expired');
      },
    ],
  ])('when an offer is %s, are computed anew, at once where that happened', async (_, change) => {
    await Promise.all(markets.map((market) => warm(market)));
    await change();
    const now = await computed(A());
    expect(await search(A())).toEqual(now);
    await warm(A());
    expect(await search(B())).toEqual(now);
  });

  it('when a change is rolled back, stay', async () => {
    await warm(A());
    const renewed = vi.spyOn(A().app.get(Cache), 'renew');
    await expect(
      A().app.execute(BookOffer.of({ offerId: (await search(A()))[0]!.id, durationHours: 1 })),
    ).rejects.toThrow();
    expect(renewed).not.toHaveBeenCalled();
    renewed.mockRestore();
  });

  it('when Redis is gone, are right', async () => {
    await Promise.all(markets.map((market) => warm(market)));
    await redis.kill();
    const offer = await A().createOffer();
    for (const market of markets) expect((await search(market)).map(({ id }) => id)).toContain(offer.id);
    await redis.start();
    await Promise.all(markets.map((market) => warm(market)));
    for (const market of markets) expect((await search(market)).map(({ id }) => id)).toContain(offer.id);
  });

  /** What a search would find without any cache. */
  async function computed(market: MarketplaceScenario): Promise<OfferView[]> {
    const answer = vi.spyOn(market.app.get(Cache), 'answer').mockImplementation((_area, _key, compute) => compute());
    try {
      return await search(market);
    } finally {
      answer.mockRestore();
    }
  }
});
