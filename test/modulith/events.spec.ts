import { DeadLetters, Unavailable } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { retryConflicts } from './retry-conflicts.js';
import * as sample from './sample.js';

describeEachDatabase('an event', (url) => {
  let app: Scenario;
  let behaviour: sample.Behaviour;
  beforeAll(async () => {
    app = await Scenario.start({
      modules: [sample.ShopModule, sample.StockModule],
      contracts: [sample.shopContract, sample.stockContract],
      databaseUrl: url(),
      retry: { attempts: 4, firstDelayMs: 40, maxDelayMs: 100 },
    });
    behaviour = app.get(sample.Behaviour);
  });
  beforeEach(() => {
    behaviour.seen.length = behaviour.seenAt.length = behaviour.outOfOrder.length = 0;
    sample.WatchOrders.watched.length = 0;
  });
  afterAll(() => app?.close());

  const place = (id: string) => app.execute(sample.PlaceOrder.of({ id, count: 1 }));
  const countOf = (id: string) => app.ask<number>(sample.CountStock.of({ id }));

  it('when one handler fails, comes again to that one only, and leaves its effect once', async () => {
    behaviour.failures.set('flaky', 2);
    await place('flaky');
    await app.settled();
    expect(behaviour.seen).toEqual(['flaky:1', 'flaky:1', 'flaky:1']);
    expect(sample.WatchOrders.watched).toHaveLength(1);
    expect(await countOf('flaky')).toBe(1);
  });

  it('when a handler keeps failing, comes again after growing pauses', async () => {
    behaviour.failures.set('slow', 3);
    await place('slow');
    await app.settled();
    const pauses = behaviour.seenAt.slice(1).map((at, before) => at - behaviour.seenAt[before]!);
    expect(pauses).toHaveLength(3);
    // Half of each pause is random: 40, 80 and then 100 at most.
    for (const [at, shortest] of [20, 40, 50].entries()) expect(pauses[at]).toBeGreaterThanOrEqual(shortest - 1);
  });

  it('when its command fails, never leaves', async () => {
    await expect(app.execute(sample.PlaceThenFail.of({ id: 'undone' }))).rejects.toThrow(sample.OrderNotFound);
    await app.settled();
    expect(behaviour.seen).toEqual([]);
  });

  it('when it comes twice under one id, is applied once by each handler', async () => {
    const event = sample.OrderPlaced.of({ id: 'twice', count: 1, total: 1, price: 1n, at: new Date() });
    await app.publish(event, '01900000-0000-7000-8000-00000000000a');
    await app.publish(event, '01900000-0000-7000-8000-00000000000a');
    expect(await countOf('twice')).toBe(1);
    expect(sample.WatchOrders.watched).toHaveLength(1);
  });

  it('when many commits come at once, is applied in the order of the commits of its key', async () => {
    const ids = ['k-0', 'k-1', 'k-2', 'k-3'];
    await Promise.all(
      ids.flatMap((id) =>
        Array.from({ length: 5 }, async () => {
          for (let turn = 0; turn < 5; turn++) await retryConflicts(() => place(id));
        }),
      ),
    );
    await app.settled();
    expect(behaviour.outOfOrder).toEqual([]);
    expect(await Promise.all(ids.map(countOf))).toEqual([25, 25, 25, 25]);
  });

  it('when one key is held up, those of other keys are handled meanwhile', async () => {
    const attempt = behaviour.attempt.bind(behaviour);
    // Tried again and again, as long as it takes.
    behaviour.attempt = (event) => {
      if (event.id === 'held up') throw new Unavailable('stock');
      attempt(event);
    };
    await place('held up');
    for (let turn = 0; turn < 5; turn++) await place('free');
    await vi.waitFor(async () => expect(await countOf('free')).toBe(5), { timeout: 10_000 });
    expect(await countOf('held up')).toBe(0);
    behaviour.attempt = attempt;
    await app.settled();
    expect(await countOf('held up')).toBe(1);
  });

  it('when more is under way than may be in memory, waits in the outbox and keeps its order', async () => {
    const { outbox } = app.hosted('shop');
    const open = behaviour.close();
    const many = (events: number) => app.execute(sample.PlaceMany.of({ prefix: 'many', events, keys: 20 }));
    await many(600);
    await many(420);
    await vi.waitFor(() => expect(outbox!.inMemory).toBeGreaterThan(600));
    // Committed while the outbox is being read.
    await many(20);
    expect(outbox!.inMemory).toBeLessThanOrEqual(1_000);
    expect((await outbox!.backlog()).depth).toBeGreaterThan(1_000);
    open();
    await many(20);
    await app.settled();
    expect(behaviour.outOfOrder).toEqual([]);
    expect([...app.get(sample.FollowMoves).totals.values()]).toEqual(Array(20).fill(53));
    expect(await outbox!.backlog()).toEqual({ depth: 0, oldest: undefined });
  });

  it('when the process ends before it was handled, is handled after the next start', async () => {
    behaviour.failures.set('left', 1_000_000);
    await place('left');
    await app.close();
    app = await Scenario.start({
      modules: [sample.ShopModule, sample.StockModule],
      contracts: [sample.shopContract, sample.stockContract],
      databaseUrl: url(),
    });
    await app.settled();
    expect(await countOf('left')).toBe(1);
    expect(await app.get(DeadLetters).list()).toEqual([]);
  });

  it('when it is not valid, reaches no handler and is a dead letter', async () => {
    const event = sample.OrderPlaced.of({ id: 'odd', count: 1, total: 1, price: 1n, at: new Date() });
    await app.publish(Object.assign(event, { extra: 1 }));
    expect(app.get(sample.Behaviour).seen).not.toContain('odd:1');
    expect(sample.WatchOrders.watched).toEqual([]);
    const letters = (await app.get(DeadLetters).list()).filter((each) => each.key === 'odd');
    expect(letters.map((each) => each.handler).toSorted()).toEqual(['CountOrders', 'WatchOrders']);
    expect(letters[0]?.errorMessage).toContain('extra is not a known field');
  });
});
