import { Distribution } from '@aitbc/modulith';
import { inFull } from '../../support/extent.js';
import * as sample from '../sample.js';
import { startSystem, type System, until } from './system.js';

const EVENTS = inFull(10_000, 4_000);
const AT_ONCE = 500;

describe('a backlog for a module that no process hosts', { timeout: 120_000 }, () => {
  let system: System;
  beforeAll(async () => (system = await startSystem({ parity: 'fast' })));
  afterAll(() => system?.close());

  it(
    'stays in the outbox: neither memory nor Redis grows with it, and all of it arrives',
    { timeout: 120_000 },
    async () => {
      const shop = await system.cluster.start('shop', [sample.ShopModule]);
      const { outbox } = shop.hosted('shop');
      const { commands, keys } = shop.get(Distribution).connection!.link;
      const place = () => shop.execute(sample.PlaceMany.of({ prefix: 'backlog', events: AT_ONCE, keys: 50 }));
      for (let placed = 0; placed < EVENTS; placed += AT_ONCE) {
        await place();
        expect(outbox!.inMemory).toBe(0);
      }
      expect((await outbox!.backlog()).depth).toBe(EVENTS);
      expect(await commands.exists(keys.requests('stock/events'))).toBe(0);

      const stock = await system.cluster.start('stock', [sample.StockModule]);
      const mostInMemory = { events: 0, entries: 0 };
      await until(async () => {
        mostInMemory.events = Math.max(mostInMemory.events, outbox!.inMemory);
        mostInMemory.entries = Math.max(mostInMemory.entries, await commands.xlen(keys.requests('stock/events')));
        return (await outbox!.backlog()).depth === 0;
      }, 110_000);
      expect(mostInMemory.events).toBeGreaterThan(0);
      expect(mostInMemory.events).toBeLessThanOrEqual(1_000);
      expect(mostInMemory.entries).toBeLessThanOrEqual(1_000);
      expect([...stock.get(sample.FollowMoves).totals.values()]).toEqual(Array(50).fill(EVENTS / 50));
      expect(stock.get(sample.Behaviour).outOfOrder).toEqual([]);
    },
  );
});
