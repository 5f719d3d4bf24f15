import { Distribution } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { inFull } from '../../support/extent.js';
import { retryConflicts } from '../retry-conflicts.js';
import * as sample from '../sample.js';
import { Replicas } from './replica.js';
import { startSystem, type System, until } from './system.js';

const KEYS = ['k-0', 'k-1', 'k-2', 'k-3', 'k-4'];

describe('events of a module whose replicas come and go', { timeout: 120_000 }, () => {
  let system: System;
  const processes = new Replicas();
  let stocks: Application[];

  beforeEach(async () => {
    system = await startSystem();
    stocks = [];
    for (const name of ['stock-1', 'stock-2']) stocks.push(await system.cluster.start(name, [sample.StockModule]));
  });
  afterEach(async () => {
    await stopLoad().catch(() => undefined);
    await system?.close();
  });
  afterAll(() => processes.killAll());

  const behaviours = () => stocks.map((each) => each.get(sample.Behaviour));
  const outOfOrder = () => behaviours().flatMap((each) => each.outOfOrder);
  const countOf = (id: string) => stocks[0]!.ask<number>(sample.CountStock.of({ id }));
  const ordered = (id: string) =>
    stocks[0]!.ask<sample.OrderView>(sample.GetOrder.of({ id })).then(({ count }) => count);
  const leaderOf = (shops: Application[]) => shops.find((each) => each.hosted('shop').leadership.isHeld);

  /** Ends what places orders, whatever became of the test. */
  let stopLoad: () => Promise<void> = () => Promise.resolve();
  /** Places orders in some lanes until it is told to stop. */
  function load(shops: () => Application[]): { stop: () => Promise<void>; isIdle: (shop: Application) => boolean } {
    let goes = true;
    const busy: Application[] = [];
    const lanes = Array.from({ length: 6 }, async (_, lane) => {
      for (let turn = 0; goes; turn++) {
        const all = shops();
        const shop = (busy[lane] = all[turn % all.length]!);
        const order = sample.PlaceOrder.of({ id: KEYS[(turn + lane) % KEYS.length]!, count: 1 });
        await retryConflicts(() => shop.execute(order));
      }
    });
    stopLoad = async () => {
      goes = false;
      await Promise.all(lanes);
    };
    return { stop: stopLoad, isIdle: (shop) => !busy.includes(shop) };
  }

  it('are applied in the order of the commits of their key while the leader changes hands', async () => {
    let shops: Application[] = [];
    for (const name of ['shop-0', 'shop-1']) shops.push(await system.cluster.start(name, [sample.ShopModule]));
    const { stop, isIdle } = load(() => shops);
    for (let turn = 2; turn < 2 + inFull(3, 1); turn++) {
      const leader = leaderOf(shops)!;
      await until(() => behaviours().some(({ seen }) => seen.length > turn * 20));
      const name = `shop-${turn}`;
      const next = await system.cluster.start(name, [sample.ShopModule]);
      // What is sent through it from now on would meet a process that shuts down.
      shops = [...shops.filter((each) => each !== leader), next];
      await until(() => isIdle(leader));
      await system.cluster.end(system.cluster.nameOf(leader));
      await until(() => leaderOf(shops));
    }
    await stop();
    await until(async () =>
      (await Promise.all(KEYS.map(async (id) => (await countOf(id)) === (await ordered(id))))).every(Boolean),
    );
    expect(outOfOrder()).toEqual([]);
    for (const each of behaviours()) expect(each.seen.length).toBeGreaterThan(0);
    const { outbox } = shops[0]!.hosted('shop');
    await until(async () => (await outbox!.backlog()).depth === 0);
  });

  it('are applied once and in order when a leader stands still, loses its lease, and goes on as if it led', async () => {
    const shops: Application[] = [];
    for (const name of ['shop-0', 'shop-1']) shops.push(await system.cluster.start(name, [sample.ShopModule]));
    const { stop } = load(() => shops);
    for (let turn = 1; turn <= inFull(4, 2); turn++) {
      await until(() => behaviours().some(({ seen }) => seen.length > turn * 25));
      const paused = leaderOf(shops)!.hosted('shop');
      const next = shops.find((each) => each !== leaderOf(shops))!.hosted('shop');
      await paused.database.write(["UPDATE shop_leases SET expires_at = 0 WHERE name = 'leader'"]);
      next.leadership.check();
      await until(() => next.leadership.isHeld);
      // It stood still between asking whether it leads and sending: both send now.
      Object.assign(paused.leadership.lease, { heldUntil: Date.now() + 5_000 });
      expect([paused, next].map(({ leadership }) => leadership.isHeld)).toEqual([true, true]);
      for (const each of shops) each.hosted('shop').outbox!.wake();
    }
    await stop();
    await until(async () =>
      (await Promise.all(KEYS.map(async (id) => (await countOf(id)) === (await ordered(id))))).every(Boolean),
    );
    // What both sent was tried again in vain; it may not have come too early, before one that it follows.
    expect(outOfOrder().filter(isEarly)).toEqual([]);
  });

  it('are sent by another replica when the leader is killed', async () => {
    const caller = await system.cluster.start('caller', []);
    const doomed = await processes.start({ ...system, hosted: ['shop'] });
    await until(() => caller.get(Distribution).hosting('shop').length === 1);
    const opens = behaviours().map((each) => each.close());
    for (let turn = 0; turn < 5; turn++) await caller.execute(sample.PlaceOrder.of({ id: 'orphan', count: 1 }));
    const heir = await system.cluster.start('heir', [sample.ShopModule]);
    expect(heir.hosted('shop').leadership.isHeld).toBe(false);
    await doomed.kill();
    for (const open of opens) open();
    await until(async () => (await countOf('orphan')) === 5);
    expect(outOfOrder()).toEqual([]);
  });

  it('when one handler fails, come again to that one only, on whichever replica', async () => {
    await system.cluster.start('shop', [sample.ShopModule]);
    sample.WatchOrders.watched.length = 0;
    for (const each of behaviours()) each.failures.set('flaky', 2);
    await stocks[0]!.execute(sample.PlaceOrder.of({ id: 'flaky', count: 1 }));
    await until(async () => (await countOf('flaky')) === 1);
    await system.cluster.settled();
    expect(behaviours().flatMap(({ seen }) => seen)).toEqual(['flaky:1', 'flaky:1', 'flaky:1']);
    expect(sample.WatchOrders.watched.filter(({ id }) => id === 'flaky')).toHaveLength(1);
  });
});

/** Of `id:total after what there was with it`. */
function isEarly(found: string): boolean {
  const [, total, sum] = /:(\d+) after (\d+)$/.exec(found)!;
  return Number(total) > Number(sum);
}
