import { BreakerControl, ModuleReports, ModuleUnavailable, OutboxReports, Processes } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Errands, OfficeModule, RunErrand } from '../errands.js';
import * as sample from '../sample.js';
import { startSystem, type System, until } from './system.js';

describe('whoever runs a system of several processes', { timeout: 120_000 }, () => {
  let system: System;
  let front: Application;
  let shop: Application;
  beforeAll(async () => {
    system = await startSystem();
    front = await system.cluster.start('front', []);
    shop = await system.cluster.start('shop', [sample.ShopModule]);
    await system.cluster.start('stock', [sample.StockModule]);
  });
  afterAll(async () => {
    Errands.reset();
    await system?.close();
  });

  const countOf = (id: string) => front.ask<number>(sample.CountStock.of({ id }));
  const place = (id: string) => front.execute(sample.PlaceOrder.of({ id, count: 1 }));
  const idOf = (application: Application) => application.get(Processes).self.id;

  it('opens and closes the breakers of all that call a module, from any process', async () => {
    const callers = [idOf(front), idOf(shop)].toSorted();
    const set = async (state: 'isolated' | 'closed') => {
      const reports = await shop.get(BreakerControl).set('stock', state);
      return reports.toSorted((a, b) => (a.process < b.process ? -1 : 1));
    };
    // The process that hosts it calls it without one.
    expect(await set('isolated')).toEqual(callers.map((process) => ({ process, breaker: 'isolated' })));
    await expect(countOf('one')).rejects.toThrow(ModuleUnavailable);
    // Events are no calls.
    await place('one');
    await system.cluster.settled();
    expect(await set('closed')).toEqual(callers.map((process) => ({ process, breaker: 'closed' })));
    await until(async () => (await countOf('one')) === 1);
  });

  it('sees what waits in an outbox, for whom and since when', async () => {
    await system.cluster.end('stock');
    await until(() => front.get(Processes).hosting('stock').length === 0);
    const before = Date.now();
    for (const id of ['a', 'b', 'c']) await place(id);
    const inspect = (target?: string) => front.get(OutboxReports).of(['shop', 'stock'], { target, limit: 2 });
    const [ofShop, ofStock] = await inspect();
    expect(ofShop).toMatchObject({
      module: 'shop',
      waiting: [{ target: 'stock', name: 'shop.OrderPlaced', count: 3, oldest: expect.any(Date) as Date }],
      first: [{ key: 'a' }, { key: 'b' }],
    });
    expect(ofShop!.waiting[0]!.oldest.getTime()).toBeGreaterThanOrEqual(before - 1_000);
    expect(ofShop!.first[0]).not.toHaveProperty('payload');
    expect(ofStock).toMatchObject({
      module: 'stock',
      waiting: [],
      problem: expect.stringContaining('stock') as string,
    });
    expect((await inspect('nobody'))[0]).toMatchObject({ waiting: [], first: [] });
    await system.cluster.start('stock', [sample.StockModule]);
    await until(async () => (await inspect())[0]!.waiting.length === 0);
  });

  it('sees what a replica has taken and not finished', async () => {
    const office = await system.cluster.start('office', [OfficeModule]);
    let goOn!: () => void;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    Errands.beforeWriting = () => held;
    const errand = front.execute(RunErrand.of({ id: 'slow' }));
    const pending = () => front.get(ModuleReports).pendingOf('office', 10);
    await until(async () => (await pending()).calls.length === 1);
    expect(await pending()).toEqual({
      calls: [{ process: idOf(office), sentAt: expect.any(Date) as Date, deliveries: 1 }],
      events: [],
    });
    goOn();
    await errand;
    await until(async () => (await pending()).calls.length === 0);
  });
});
