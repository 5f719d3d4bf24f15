import { Distribution, ModuleUnavailable } from '@aitbc/modulith';
import { Application } from '@aitbc/modulith/testing/application.js';
import type { RedisServer } from '../../../src/topology/redis-server.js';
import { startRedis } from '../../support/redis-server.js';
import { SecretMismatch } from '../../../libs/modulith/src/transport/link.js';
import * as sample from '../sample.js';
import { outcomeOf, startSystem, type System, until } from './system.js';

describe('a system whose Redis goes away', { timeout: 120_000 }, () => {
  let redis: RedisServer;
  let system: System;
  beforeEach(async () => {
    redis = await startRedis();
    system = await startSystem({ redisUrl: redis.url });
  });
  afterEach(async () => {
    await system?.close();
    await redis?.stop();
  });

  const countOf = (app: Application, id: string) => app.ask<number>(sample.CountStock.of({ id }));
  const place = (app: Application, id: string) => app.execute<sample.OrderView>(sample.PlaceOrder.of({ id, count: 1 }));

  it('when it is away at the start, serves what is hosted in each process, and the rest once it is there', async () => {
    await redis.kill();
    const shop = await (await system.cluster.build('shop', [sample.ShopModule])).init();
    const stock = await (await system.cluster.build('stock', [sample.StockModule])).init();
    expect((await place(shop, 'early')).count).toBe(1);
    await expect(countOf(shop, 'early')).rejects.toThrow(ModuleUnavailable);
    expect((await shop.hosted('shop').outbox!.backlog()).depth).toBe(1);
    await redis.start();
    await system.cluster.acquainted();
    await until(async () => (await countOf(stock, 'early')) === 1);
    expect(await countOf(shop, 'early')).toBe(1);
  });

  it('when it is lost in the middle, local modules go on, calls fail clearly, and nothing is lost', async () => {
    const shop = await system.cluster.start('shop', [sample.ShopModule]);
    const stock = await system.cluster.start('stock', [sample.StockModule]);
    for (let turn = 0; turn < 5; turn++) await place(shop, 'a');
    await redis.kill();
    for (let turn = 0; turn < 5; turn++) await place(shop, 'a');
    expect(await countOf(stock, 'a')).toBeLessThanOrEqual(10);
    const failures = await Promise.all([countOf(shop, 'a'), place(stock, 'b')].map(outcomeOf));
    for (const code of failures) expect(['unavailable', 'outcome_unknown', 'deadline_exceeded']).toContain(code);
    expect(failures[0]).toBe('unavailable');
    await redis.start();
    await until(async () => (await outcomeOf(countOf(shop, 'a'))) === 'ok');
    await until(async () => (await countOf(stock, 'a')) === 10);
    expect(stock.get(sample.Behaviour).outOfOrder).toEqual([]);
    expect((await place(stock, 'b')).count).toBeGreaterThanOrEqual(1);
  });

  it('when it is flushed with events under way, delivers them all, once and in order', async () => {
    const shop = await system.cluster.start('shop', [sample.ShopModule]);
    const stock = await system.cluster.start('stock', [sample.StockModule]);
    const behaviour = stock.get(sample.Behaviour);
    let flushed = 0;
    for (let turn = 0; turn < 120; turn++) {
      await place(shop, `f-${turn % 4}`);
      if (turn % 30 === 20) {
        const open = behaviour.close();
        await place(shop, 'under way');
        await redis.flush();
        flushed += 1;
        open();
      }
    }
    const ids = ['f-0', 'f-1', 'f-2', 'f-3'];
    await until(async () => (await Promise.all(ids.map((id) => countOf(stock, id)))).every((count) => count === 30));
    await until(async () => (await countOf(stock, 'under way')) === flushed);
    expect(behaviour.outOfOrder).toEqual([]);
    await until(async () => (await shop.hosted('shop').outbox!.backlog()).depth === 0);
    expect(shop.get(Distribution).connection!.link.counters.dataLost).toBeGreaterThan(0);
  });

  it('when a process comes with another secret, refuses to start and says why', async () => {
    await system.cluster.start('shop', [sample.ShopModule]);
    const stranger = Application.build({
      modules: [sample.StockModule],
      contracts: [sample.shopContract, sample.stockContract],
      databaseUrl: system.databaseUrl,
      secret: 'another',
      redisUrl: redis.url,
      transport: { prefix: system.prefix },
    });
    const app = await stranger;
    try {
      const start = app.init();
      await expect(start).rejects.toThrow(SecretMismatch);
      await expect(start).rejects.toThrow(/secret/i);
    } finally {
      await app.close().catch(() => undefined);
    }
  });
});
