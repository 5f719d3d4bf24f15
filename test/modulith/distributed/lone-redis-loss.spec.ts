import type { Application } from '@aitbc/modulith/testing/application.js';
import { setTimeout as delay } from 'node:timers/promises';
import type { RedisServer } from '../../../src/topology/redis-server.js';
import { Cable } from '../../support/cable.js';
import { startRedis } from '../../support/redis-server.js';
import * as sample from '../sample.js';
import { startSystem, type System, until } from './system.js';

/** Longer than a leader without Redis waits, and than a lease lasts between renewals. */
const LONG_ENOUGH_MS = 12_000;

describe('two replicas of a module, of which the leader has its own way to Redis', { timeout: 120_000 }, () => {
  let redis: RedisServer;
  let cable: Cable;
  let system: System;
  let leader: Application;
  let other: Application;
  let stock: Application;

  beforeEach(async () => {
    redis = await startRedis();
    cable = await Cable.toUrl(redis.url);
    system = await startSystem({ redisUrl: redis.url });
    leader = await system.cluster.start('leader', [sample.ShopModule], { redisUrl: cable.url });
    other = await system.cluster.start('other', [sample.ShopModule]);
    stock = await system.cluster.start('stock', [sample.StockModule]);
    // The other one has asked at least once, and stands by.
    await until(async () => (await settings()).length === 1);
  });
  afterEach(async () => {
    await cable?.cut();
    await system?.close();
    await redis?.stop();
  });

  const { database } = { database: () => other.hosted('shop').database };
  const settings = () => database().read(`SELECT value FROM shop_settings WHERE name = 'standby'`);
  const fence = async () =>
    Number((await database().read<{ fence: string }>(`SELECT fence FROM shop_leases WHERE name = 'leader'`))[0]!.fence);
  const leads = (app: Application) => app.hosted('shop').leadership.isHeld;

  it('when it alone is cut off without a word, leads no more within seconds, and its events go out', async () => {
    expect([leads(leader), leads(other)]).toEqual([true, false]);
    const before = await fence();
    cable.silence();
    const cutAt = Date.now();
    await leader.execute(sample.PlaceOrder.of({ id: 'lone', count: 1 }));
    await until(async () => (await stock.ask<number>(sample.CountStock.of({ id: 'lone' }))) === 1);
    expect(Date.now() - cutAt).toBeLessThan(30_000);
    expect([leads(leader), leads(other)]).toEqual([false, true]);
    // Back again it stays in the second row.
    cable.speak();
    await until(() => leader.runtime.redisModules!.isReachable('stock'));
    await delay(LONG_ENOUGH_MS);
    expect([leads(leader), leads(other)]).toEqual([false, true]);
    expect(await fence()).toBe(before + 1);
  });

  // A machine that stands still for a whole lease hands it over, and rightly so: then it is tried again.
  it('when all are cut off, goes on leading', { retry: 1 }, async () => {
    const before = await fence();
    await redis.kill();
    await delay(LONG_ENOUGH_MS);
    expect([leads(leader), leads(other)]).toEqual([true, false]);
    await redis.start();
    await system.cluster.acquainted();
    await delay(LONG_ENOUGH_MS / 2);
    expect(leads(leader)).toBe(true);
    expect(await fence()).toBe(before);
  });
});
