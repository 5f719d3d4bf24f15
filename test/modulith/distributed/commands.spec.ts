import { StockModule, ShopModule, GetOrder, type OrderView, PlaceOrder, PlaceOrderHandler } from '../sample.js';
import { AddNote, CountNotes, Errands, gate, OfficeModule, RunErrand } from '../errands.js';
import { Distribution } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { startRedis } from '../../support/redis-server.js';
import { Replicas } from './replica.js';
import { handledBy, startSystem, type System, until } from './system.js';

describe('a command for a module with several replicas', { timeout: 120_000 }, () => {
  let system: System;
  let caller: Application;
  let replicas: Application[];
  const processes = new Replicas();

  beforeAll(async () => {
    system = await startSystem();
    caller = await system.cluster.start('caller', []);
    replicas = [];
    for (const name of ['one', 'two'])
      replicas.push(await system.cluster.start(name, [ShopModule, StockModule, OfficeModule]));
  });
  beforeEach(() => Errands.reset());
  afterAll(async () => {
    await processes.killAll();
    await system?.close();
  });

  it('is handled by one of them, and all of them take part', async () => {
    const handled = replicas.map(handledBy);
    const ids = Array.from({ length: 60 }, (_, at) => `spread-${at}`);
    // One after the other in a few lanes: what one tick sends travels together.
    await Promise.all(
      [0, 1, 2].map(async (lane) => {
        for (const id of ids.filter((_, at) => at % 3 === lane)) await caller.execute(PlaceOrder.of({ id, count: 1 }));
      }),
    );
    expect(handled[0]!() + handled[1]!()).toBe(60);
    for (const each of handled) expect(each()).toBeGreaterThan(0);
    const counts = await Promise.all(ids.map((id) => caller.ask<OrderView>(GetOrder.of({ id }))));
    expect(counts.map(({ count }) => count)).toEqual(ids.map(() => 1));
  });

  it('when it comes again under its id from another process, is not applied again and answers the same', async () => {
    const command = PlaceOrder.of({ id: 'again', count: 2 });
    const runs = PlaceOrderHandler.runs;
    const other = await system.cluster.start('another caller', []);
    const first = await caller.execute<OrderView>(command, { idSeed: 'the same' });
    const answers = await Promise.all(
      [caller, other, ...replicas].map((each) => each.execute<OrderView>(command, { idSeed: 'the same' })),
    );
    for (const answer of answers) expect(answer).toEqual(first);
    expect(PlaceOrderHandler.runs - runs).toBe(1);
    expect((await caller.ask<OrderView>(GetOrder.of({ id: 'again' }))).count).toBe(2);
  });

  it('when it is sent by many at once under one id, is applied once', async () => {
    const command = AddNote.of({ id: 'at once' });
    const senders = [caller, ...replicas, caller, caller];
    const answers = await Promise.all(senders.map((each) => each.execute<number>(command, { idSeed: 'at once' })));
    expect(answers).toEqual(senders.map(() => 1));
    expect(await caller.ask(CountNotes.of({ id: 'at once' }))).toBe(1);
  });

  it('when its process is killed in the middle, is carried out once by another', async () => {
    await Promise.all(['one', 'two'].map((name) => system.cluster.end(name)));
    const doomed = await processes.start({ ...system, hosted: ['office'] });
    await until(() => caller.get(Distribution).hosting('office').length === 1);
    const answer = caller.execute<void>(RunErrand.of({ id: 'hang-killed' }));
    await until(() => doomed.said.includes('began hang-killed'));
    await system.cluster.start('heir', [OfficeModule]);
    await doomed.kill();
    await answer;
    expect(Errands.by('RunErrand').map(({ about }) => about)).toEqual(['hang-killed']);
    expect(await caller.ask(CountNotes.of({ id: 'hang-killed' }))).toBe(1);
  });

  it('when its process stands still beyond its claim and goes on, is applied once all the same', async () => {
    const paused = await processes.start({ ...system, hosted: ['office'] });
    await until(() => caller.get(Distribution).hosting('office').length === 2);
    paused.pause();
    // Some are given to the process that stands still and are taken over from it.
    const ids = Array.from({ length: 8 }, (_, at) => `paused-${at}`);
    const sent: Promise<unknown>[] = [];
    for (const id of ids) {
      sent.push(caller.execute(RunErrand.of({ id })));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(sent);
    paused.resume();
    await until(() => caller.get(Distribution).hosting('office').length === 2);
    // It has seen what it held by now: it answers again.
    await caller.execute(AddNote.of({ id: 'afterwards' }));
    const counts = await Promise.all(ids.map((id) => caller.ask(CountNotes.of({ id }))));
    expect(counts).toEqual(ids.map(() => 1));
    await paused.kill();
  });
});

describe('a command under way while Redis is flushed', { timeout: 120_000 }, () => {
  it('is sent again, and applied once', async () => {
    const redis = await startRedis();
    const system = await startSystem({ redisUrl: redis.url });
    try {
      const caller = await system.cluster.start('caller', []);
      for (const name of ['one', 'two']) await system.cluster.start(name, [OfficeModule]);
      const hold = gate();
      const began = gate();
      Errands.beforeWriting = () => {
        began.open();
        return hold.passed;
      };
      const answers = Promise.all(['a', 'b', 'c'].map((id) => caller.execute(RunErrand.of({ id: `flushed-${id}` }))));
      await began.passed;
      await redis.flush();
      const { counters } = caller.get(Distribution).connection!.link;
      await until(() => counters.dataLost > 0 && counters.resent > 0);
      hold.open();
      await answers;
      for (const id of ['a', 'b', 'c']) expect(await caller.ask(CountNotes.of({ id: `flushed-${id}` }))).toBe(1);
    } finally {
      Errands.reset();
      await system.close();
      await redis.stop();
    }
  });
});
