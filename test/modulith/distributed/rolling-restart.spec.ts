import type { Application } from '@aitbc/modulith/testing/application.js';
import * as sample from '../sample.js';
import { retryConflicts } from '../retry-conflicts.js';
import { startSystem, type System, until } from './system.js';

describe('replicas that are replaced one after the other under load', { timeout: 120_000 }, () => {
  let system: System;
  let caller: Application;
  beforeAll(async () => {
    system = await startSystem();
    caller = await system.cluster.start('caller', []);
    for (const name of ['shop-0', 'shop-1']) await system.cluster.start(name, [sample.ShopModule, sample.StockModule]);
  });
  afterAll(() => system?.close());

  it('fail no call and lose no event', async () => {
    const acknowledged = new Map<string, number>();
    const failures: unknown[] = [];
    let goes = true;
    const lanes = [0, 1, 2, 3, 4, 5].map(async (lane) => {
      const id = `lane-${lane}`;
      while (goes) {
        await retryConflicts(() => caller.execute(sample.PlaceOrder.of({ id, count: 1 }))).then(
          () => acknowledged.set(id, (acknowledged.get(id) ?? 0) + 1),
          (error: unknown) => failures.push(error),
        );
        await caller.ask(sample.GetOrder.of({ id })).catch((error: unknown) => failures.push(error));
      }
    });
    const total = () => [...acknowledged.values()].reduce((sum, each) => sum + each, 0);
    try {
      for (let turn = 2; turn < 6; turn++) {
        const reached = total() + 40;
        await until(() => total() >= reached || failures.length > 0);
        await system.cluster.start(`shop-${turn}`, [sample.ShopModule, sample.StockModule]);
        await system.cluster.end(`shop-${turn - 2}`);
      }
    } finally {
      goes = false;
      await Promise.all(lanes);
    }
    expect(failures).toEqual([]);
    const counted = async () => {
      const counts = [...acknowledged].map(async ([id, times]) => {
        const { count } = await caller.ask<sample.OrderView>(sample.GetOrder.of({ id }));
        return count === times && (await caller.ask<number>(sample.CountStock.of({ id }))) === times;
      });
      return (await Promise.all(counts)).every(Boolean);
    };
    await until(counted);
  });
});
