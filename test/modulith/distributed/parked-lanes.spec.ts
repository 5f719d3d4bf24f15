import { DeadLetters } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { LaneParked } from '../../../libs/modulith/src/unit-of-work/not-applied.js';
import * as sample from '../sample.js';
import { startSystem, type System, until } from './system.js';

const ALWAYS = 1_000_000;

describe('a dead letter of a module with two replicas', { timeout: 120_000 }, () => {
  let system: System;
  let operator: Application;
  let stocks: Application[];

  beforeAll(async () => {
    system = await startSystem();
    operator = await system.cluster.start('operator', []);
    await system.cluster.start('shop', [sample.ShopModule]);
    stocks = [];
    for (const name of ['one', 'two']) stocks.push(await system.cluster.start(name, [sample.StockModule]));
  });
  afterEach(() => {
    for (const { failures, seen } of behaviours()) {
      failures.clear();
      seen.length = 0;
    }
  });
  afterAll(() => system?.close());

  const behaviours = () => stocks.map((each) => each.get(sample.Behaviour));
  const letters = () => operator.get(DeadLetters);
  const of = async (key: string) => (await letters().list({ limit: 1_000 })).filter((each) => each.key === key);
  const countOf = (id: string) => operator.ask<number>(sample.CountStock.of({ id }));

  async function park(id: string): Promise<void> {
    for (const { failures } of behaviours()) failures.set(id, ALWAYS);
    await operator.execute(sample.PlaceOrder.of({ id, count: 1 }));
    await until(async () => (await of(id)).length === 1);
  }
  async function place(id: string, times: number): Promise<void> {
    for (let turn = 0; turn < times; turn++) await operator.execute(sample.PlaceOrder.of({ id, count: 1 }));
    await system.cluster.settled();
  }

  it('parks its key on every one of them: nothing of the key overtakes it, wherever it is delivered', async () => {
    await park('parked');
    for (const { failures, seen } of behaviours()) {
      failures.clear();
      seen.length = 0;
    }
    await place('parked', 6);
    await until(async () => (await of('parked')).length === 7);
    expect((await of('parked')).map(({ state }) => state)).toEqual(['failed', ...Array<string>(6).fill('waiting')]);
    expect(await countOf('parked')).toBe(0);
    expect(behaviours().flatMap(({ seen }) => seen)).toEqual([]);
  });

  it('parks its key on a replica that never heard of it: the database refuses what comes later', async () => {
    await park('unheard');
    const publication = { key: 'unheard', messageId: '01900000-0000-7000-8000-0000000000f1' };
    for (const each of stocks) {
      const { consumer, database } = each.hosted('stock');
      const message = { id: publication.messageId, correlationId: 'c', deadline: Date.now() + 10_000 };
      const inbox = { handler: 'CountOrders', lane: publication.key };
      const work = database.run({ name: 'late', message, idSeed: 'seed', inbox, recordAlways: true }, () => undefined);
      await expect(work).rejects.toThrow(LaneParked);
      expect(consumer).toBeDefined();
    }
  });

  it('when it is replayed from another process, is applied with all behind it, and its key goes on everywhere', async () => {
    await park('mended');
    await place('mended', 3);
    for (const { failures } of behaviours()) failures.clear();
    const [first] = await of('mended');
    expect(await letters().replay(first!.id)).toBe(4);
    expect(await of('mended')).toEqual([]);
    await place('mended', 4);
    await until(async () => (await countOf('mended')) === 8);
    expect(behaviours().flatMap(({ outOfOrder }) => outOfOrder)).toEqual([]);
    expect(await of('mended')).toEqual([]);
  });

  it('when it is discarded from another process, is given up, and those behind it are applied', async () => {
    await park('dropped');
    await place('dropped', 2);
    for (const { failures } of behaviours()) failures.clear();
    await letters().discard((await of('dropped'))[0]!.id);
    expect(await countOf('dropped')).toBe(2);
    expect(await of('dropped')).toEqual([]);
  });

  it('when it is replayed by two operators at once, is applied once', async () => {
    await park('twice');
    await place('twice', 2);
    for (const { failures } of behaviours()) failures.clear();
    const [first] = await of('twice');
    await Promise.allSettled([operator, ...stocks].map((each) => each.get(DeadLetters).replay(first!.id)));
    await until(async () => (await countOf('twice')) === 3);
    expect(await of('twice')).toEqual([]);
  });
});
