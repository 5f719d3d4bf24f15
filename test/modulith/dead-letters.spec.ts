import { DeadLetterNotFound, DeadLetters, InternalError, LocalDeadLetters } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import * as sample from './sample.js';

const ALWAYS = 1_000_000;

describeEachDatabase('a dead letter', (url) => {
  let app: Scenario;
  let behaviour: sample.Behaviour;
  let letters: DeadLetters;

  const start = async () => {
    app = await Scenario.start({
      modules: [sample.ShopModule, sample.StockModule],
      contracts: [sample.shopContract, sample.stockContract],
      databaseUrl: url(),
    });
    behaviour = app.get(sample.Behaviour);
    letters = app.get(DeadLetters);
  };
  beforeAll(start);
  afterEach(() => {
    behaviour.seen.length = behaviour.outOfOrder.length = 0;
    behaviour.failures.clear();
  });
  afterAll(() => app?.close());

  const countOf = (id: string) => app.ask<number>(sample.CountStock.of({ id }));
  const of = async (key: string) => (await letters.list({ limit: 1_000 })).filter((each) => each.key === key);

  /** Places orders one after the other, each event settled before the next. */
  async function place(id: string, times = 1): Promise<void> {
    for (let turn = 0; turn < times; turn++) await app.execute(sample.PlaceOrder.of({ id, count: 1 }));
    await app.settled();
  }

  it('is kept after the last attempt, with what an operator needs to know', async () => {
    behaviour.failures.set('bad', ALWAYS);
    await place('bad');
    expect(behaviour.seen).toHaveLength(3);
    expect(await of('bad')).toMatchObject([
      {
        module: 'stock',
        name: 'shop.OrderPlaced',
        handler: 'CountOrders',
        state: 'failed',
        attempts: 3,
        errorCode: 'internal_error',
        errorMessage: 'Error: bad is not wanted',
      },
    ]);
    expect(await countOf('bad')).toBe(0);
    expect(await app.hosted('shop').outbox!.backlog()).toMatchObject({ depth: 0 });
  });

  it('parks its key for its handler: later events of the key wait behind it, those of other keys go on', async () => {
    behaviour.failures.set('parked', ALWAYS);
    sample.WatchOrders.watched.length = 0;
    await place('parked', 3);
    await place('other', 2);
    expect((await of('parked')).map((each) => each.state)).toEqual(['failed', 'waiting', 'waiting']);
    // Those that wait were never tried.
    expect(behaviour.seen.filter((each) => each.startsWith('parked'))).toEqual(['parked:1', 'parked:1', 'parked:1']);
    expect(await countOf('other')).toBe(2);
    expect(sample.WatchOrders.watched.map((each) => each.id).join(' ')).toBe('parked parked parked other other');
  });

  it('when it is replayed, is applied with all that wait behind it, in order, and its key goes on', async () => {
    behaviour.failures.set('mended', ALWAYS);
    await place('mended', 4);
    behaviour.failures.clear();
    const [first, , third] = await of('mended');
    // Any of a lane stands for the lane.
    expect(await letters.replay(third!.id)).toBe(4);
    expect(await countOf('mended')).toBe(4);
    expect(behaviour.outOfOrder).toEqual([]);
    expect(await of('mended')).toEqual([]);
    await place('mended');
    expect(await countOf('mended')).toBe(5);
    await expect(letters.replay(first!.id)).rejects.toThrow(DeadLetterNotFound);
  });

  it('when its replay fails again, stays the first of its key', async () => {
    behaviour.failures.set('stubborn', ALWAYS);
    await place('stubborn', 2);
    const [first] = await of('stubborn');
    await expect(letters.replay(first!.id)).rejects.toThrow(InternalError);
    const after = await of('stubborn');
    expect(after[0]?.errorMessage).toBe('Error: stubborn is not wanted');
    expect(after.map((each) => [each.state, each.attempts])).toEqual([
      ['failed', 4],
      ['waiting', 0],
    ]);
    expect(after[0]?.id).toBe(first?.id);
    await place('stubborn');
    expect(await of('stubborn')).toHaveLength(3);
    expect(await countOf('stubborn')).toBe(0);
  });

  it('when one behind it fails in a replay, that one is the first from then on', async () => {
    behaviour.failures.set('half', ALWAYS);
    await place('half', 3);
    const [first] = await of('half');
    behaviour.failures.set('half', 0);
    const attempt = behaviour.attempt.bind(behaviour);
    behaviour.attempt = (event) => {
      if (event.total === 2) throw new Error('the second is not wanted either');
      attempt(event);
    };
    await expect(letters.replay(first!.id)).rejects.toThrow(InternalError);
    behaviour.attempt = attempt;
    const after = await of('half');
    expect(after.map((each) => each.state)).toEqual(['failed', 'waiting']);
    expect(after[0]?.errorMessage).toContain('the second is not wanted either');
    expect(await countOf('half')).toBe(1);
  });

  it('when it is discarded, is given up for good, and those behind it are applied', async () => {
    behaviour.failures.set('dropped', 3);
    await place('dropped', 3);
    const [first] = await of('dropped');
    await letters.discard(first!.id);
    expect(await countOf('dropped')).toBe(2);
    expect(await of('dropped')).toEqual([]);
    // It may come again from an outbox that did not hear of it.
    await app.publish(
      app.published(sample.OrderPlaced).find(({ id }) => id === 'dropped')!,
      first!.messageId,
    );
    expect(await countOf('dropped')).toBe(2);
  });

  it('when one that waits is discarded, the others wait on', async () => {
    behaviour.failures.set('middle', ALWAYS);
    await place('middle', 3);
    const [, second] = await of('middle');
    await letters.discard(second!.id);
    expect((await of('middle')).map((each) => each.state)).toEqual(['failed', 'waiting']);
  });

  it('when a new process starts, still parks its key', async () => {
    behaviour.failures.set('lasting', ALWAYS);
    await place('lasting');
    await app.close();
    await start();
    await place('lasting');
    expect((await of('lasting')).map((each) => each.state)).toEqual(['failed', 'waiting']);
    expect(behaviour.seen).toEqual([]);
    const [first] = await of('lasting');
    expect(await letters.replay(first!.id)).toBe(2);
    expect(await countOf('lasting')).toBe(2);
  });

  it('when an event of its key comes again that was applied before, does not keep that one', async () => {
    const event = (total: number) => sample.OrderPlaced.of({ id: 'again', count: 1, total, price: 1n, at: new Date() });
    await app.publish(event(1), '01900000-0000-7000-8000-0000000000aa');
    behaviour.failures.set('again', ALWAYS);
    await app.publish(event(2), '01900000-0000-7000-8000-0000000000ab');
    await app.publish(event(1), '01900000-0000-7000-8000-0000000000aa');
    expect((await of('again')).map((each) => each.messageId)).toEqual(['01900000-0000-7000-8000-0000000000ab']);
  });

  it('when the error says what no database stores, is kept all the same', async () => {
    const attempt = behaviour.attempt.bind(behaviour);
    behaviour.attempt = () => {
      throw new Error("a NUL \0 and a quote ' in it");
    };
    await place('odd');
    behaviour.attempt = attempt;
    expect(await of('odd')).toMatchObject([{ errorMessage: "Error: a NUL \uFFFD and a quote ' in it" }]);
  });

  it('is found by what is known of it, page by page, and by its id', async () => {
    for (const key of ['found 1', "found '2'", 'found 3']) {
      behaviour.failures.set(key, ALWAYS);
      await place(key, 2);
    }
    const keysOf = async (...asked: Parameters<DeadLetters['list']>) =>
      (await letters.list(...asked)).map(({ key }) => key);
    const failed = { module: 'stock', handler: 'CountOrders', name: 'shop.OrderPlaced', state: 'failed' } as const;
    const isFound = (key: string) => key.startsWith('found');
    expect((await keysOf({ limit: 100, filter: failed })).filter(isFound)).toEqual(['found 1', "found '2'", 'found 3']);
    const one = { key: "found '2'", errorCode: 'internal_error' };
    const [first, ...none] = await letters.list({ filter: one });
    expect(none).toEqual([]);
    expect(await keysOf({ filter: { ...one, errorCode: 'parked' } })).toEqual([one.key]);
    for (const other of [{ module: 'shop' }, { handler: 'Nobody' }, { name: 'shop.StockMoved' }]) {
      expect(await keysOf({ filter: { ...one, ...other } })).toEqual([]);
    }
    const all = await letters.list({ limit: 100 });
    const paged: typeof all = [];
    for (let page = await letters.list({ limit: 2 }); page.length > 0;) {
      paged.push(...page);
      page = await letters.list({ limit: 2, after: page.at(-1) });
    }
    expect(paged).toEqual(all);
    expect(await letters.get(first!.id)).toEqual(first);
  });

  it('when it is unknown, says so', async () => {
    await expect(letters.replay('nothing')).rejects.toThrow(DeadLetterNotFound);
    await expect(letters.discard('nothing')).rejects.toThrow(DeadLetterNotFound);
    await expect(letters.get('nothing')).rejects.toThrow(DeadLetterNotFound);
  });

  it('when it is unknown and a process does not answer, may be with that one', async () => {
    const silent = vi.spyOn(app.get(LocalDeadLetters), 'get').mockRejectedValue(new Error('its database is away'));
    for (const asked of [letters.replay('nothing'), letters.discard('nothing'), letters.get('nothing')]) {
      await expect(asked).rejects.toMatchObject({ code: 'process_silent', kind: 'unavailable' });
    }
    silent.mockRestore();
  });
});
