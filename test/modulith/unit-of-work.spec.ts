import { DataSource } from 'typeorm';
import { getDataSourceToken, getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AlreadyDone, ValidationFailed } from '@aitbc/modulith';
import { retryConflicts } from './retry-conflicts.js';
import * as sample from './sample.js';

describeEachDatabase('a command', (url, kind) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({
      modules: [sample.ShopModule, sample.StockModule],
      contracts: [sample.shopContract, sample.stockContract],
      databaseUrl: url(),
    });
  });
  afterAll(() => app?.close());

  const countOf = (id: string) => app.ask<number>(sample.CountStock.of({ id }));

  it('answers with the view, and its event reaches the other module', async () => {
    const view = await app.execute<sample.OrderView>(sample.PlaceOrder.of({ id: 'a', count: 3 }));
    expect(view).toBeInstanceOf(sample.OrderView);
    expect(view.at).toEqual(new Date(1_700_000_000_000));
    await app.settled();
    expect(await countOf('a')).toBe(3);
    const event = sample.WatchOrders.watched.find((each) => each.id === 'a');
    expect(event).toBeInstanceOf(sample.OrderPlaced);
    expect(event?.price).toBe(10n ** 30n);
  });

  it('when its handler throws, leaves neither rows nor events', async () => {
    await expect(app.execute(sample.PlaceThenFail.of({ id: 'lost' }))).rejects.toThrow(sample.OrderNotFound);
    await app.settled();
    await expect(app.ask(sample.GetOrder.of({ id: 'lost' }))).rejects.toMatchObject({
      code: 'shop.order_not_found',
      details: { id: 'lost' },
    });
    expect(await countOf('lost')).toBe(0);
  });

  it('when sent twice under one id, is done once and answers the same', async () => {
    const runs = sample.PlaceOrderHandler.runs;
    const command = sample.PlaceOrder.of({ id: 'twice', count: 2 });
    const first = await app.execute(command, { idSeed: 'key-1' });
    const second = await app.execute(command, { idSeed: 'key-1' });
    expect(second).toEqual(first);
    expect(sample.PlaceOrderHandler.runs - runs).toBe(1);
    await app.settled();
    expect(await countOf('twice')).toBe(2);
  });

  it('when sent twice at once under one id, has one effect', async () => {
    const command = sample.PlaceOrder.of({ id: 'raced', count: 1 });
    const answers = await Promise.all([1, 2, 3, 4].map(() => app.execute(command, { idSeed: 'key-2' })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    await app.settled();
    expect(await countOf('raced')).toBe(1);
  });

  it('when its result held a secret, a repeat says that it was done and shows nothing', async () => {
    const command = sample.IssueToken.of({ id: 'secret' });
    expect(await app.execute(command, { idSeed: 'key-3' })).toMatchObject({ token: 'token-of-secret' });
    await expect(app.execute(command, { idSeed: 'key-3' })).rejects.toThrow(AlreadyDone);
  });

  it('when it is invalid, is refused by name of the field before its handler runs', async () => {
    const runs = sample.PlaceOrderHandler.runs;
    await expect(app.execute(sample.PlaceOrder.of({ id: 'a', count: 101 }))).rejects.toThrow(ValidationFailed);
    const unknown = Object.assign(sample.PlaceOrder.of({ id: 'a', count: 1 }), { extra: 1 });
    await expect(app.execute(unknown)).rejects.toMatchObject({ details: { errors: [{ field: 'extra' }] } });
    expect(sample.PlaceOrderHandler.runs).toBe(runs);
  });

  it('when its handler has a bug, the caller sees no inside of it', async () => {
    const error: Error = await app.execute(sample.Relabel.of({ id: 'a' })).then(
      () => new Error('done'),
      (caught: Error) => caught,
    );
    expect(error).toMatchObject({ code: 'internal_error' });
    expect(JSON.stringify([error.message, error.stack])).not.toContain('an inside');
  });

  it('when it asks another module while its unit of work is open, is refused', async () => {
    await expect(app.execute(sample.AskWhileWriting.of({ id: 'a' }))).rejects.toMatchObject({ code: 'internal_error' });
  });

  it('640 concurrent increments all count', { timeout: 120_000 }, async () => {
    const before = sample.IncrementHandler.committed;
    const one = () => retryConflicts(() => app.execute(sample.Increment.of({ id: 'sum' })));
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        for (let turn = 0; turn < 10; turn++) await one();
      }),
    );
    expect(await countOf('sum')).toBe(640);
    expect(sample.IncrementHandler.committed - before, 'effects after a commit, however often it was tried').toBe(640);
  });

  it('40 slots are taken exactly 40 times', { timeout: 120_000 }, async () => {
    const taken = await Promise.all(
      Array.from({ length: 120 }, (_, at) =>
        retryConflicts(() => app.execute<boolean>(sample.TakeSlot.of({ id: `slot-${at}`, slots: 40 }))),
      ),
    );
    expect(taken.filter(Boolean)).toHaveLength(40);
  });

  it('a query never writes', async () => {
    const orders = app.get<Repository<sample.Order>>(getRepositoryToken(sample.Order, 'shop') as string);
    await expect(orders.save(orders.create({ id: 'by-the-way', count: 1 }))).rejects.toThrow(/read-?only/i);
  });

  it('a reader never sees what is not committed', async () => {
    const dataSource = app.get<DataSource>(getDataSourceToken('shop') as string);
    const rows: unknown[] = [];
    const slow = app.execute(sample.PlaceOrder.of({ id: 'unseen', count: 1 }));
    rows.push(...(await dataSource.query<unknown[]>("SELECT id FROM shop_orders WHERE id = 'unseen'")));
    await slow;
    const after = await dataSource.query<unknown[]>("SELECT id FROM shop_orders WHERE id = 'unseen'");
    expect(rows.length).toBeLessThanOrEqual(1);
    expect(after).toHaveLength(1);
  });

  it(`runs on ${kind}`, () => {
    expect(app.get<DataSource>(getDataSourceToken('shop') as string).options.type).toBe(kind);
  });
});
