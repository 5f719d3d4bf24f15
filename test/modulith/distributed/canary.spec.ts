import { type CanaryQuestion, Distribution, ModuleReports } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Canary } from '../../../libs/modulith/src/placement/canary.js';
import { CountNotes, Errands, OfficeModule, RunErrand } from '../errands.js';
import * as sample from '../sample.js';
import { Replicas } from './replica.js';
import { handledBy, startSystem, type System, until } from './system.js';

describe('a canary', { timeout: 120_000 }, () => {
  let system: System;
  let home: Application;
  let away: Application;
  beforeEach(async () => {
    system = await startSystem();
    home = await system.cluster.start('home', [sample.ShopModule, sample.StockModule, OfficeModule]);
    away = await system.cluster.start('away', [sample.ShopModule]);
  });
  afterEach(async () => {
    Errands.reset();
    await system?.close();
  });

  const setShare = async (module: string, share: number) => {
    await away.get(ModuleReports).setCanaryShare(module, share);
    await until(() => home.get(Canary).shareOf(module) === share);
  };
  const place = (id: string, as?: string) =>
    home.execute<sample.OrderView>(sample.PlaceOrder.of({ id, count: 1 }), {
      as: { subject: as ?? id, roles: [], scopes: [] },
    });

  it('takes its share of the commands, from none over half to all and back, live, with nothing failing', async () => {
    const ids: string[] = [];
    const failures: unknown[] = [];
    let goes = true;
    const lanes = [0, 1, 2, 3].map(async (lane) => {
      for (let turn = 0; goes; turn++) {
        const id = `order-${lane}-${turn}`;
        await place(id).then(
          () => ids.push(id),
          (error: unknown) => failures.push(error),
        );
      }
    });
    const handled = handledBy(away);
    /** The share of the commands that the other process handled while some more were placed. */
    const shareOf = async () => {
      const [before, total] = [handled(), ids.length];
      await until(() => ids.length >= total + 40 || failures.length > 0);
      return (handled() - before) / (ids.length - total);
    };
    try {
      expect(await shareOf()).toBe(0);
      await setShare('shop', 50);
      const half = await shareOf();
      expect(half).toBeGreaterThan(0.25);
      expect(half).toBeLessThan(0.75);
      await setShare('shop', 100);
      await shareOf();
      expect(await shareOf()).toBeGreaterThan(0.9);
      await setShare('shop', 0);
      await shareOf();
      expect(await shareOf()).toBe(0);
    } finally {
      goes = false;
      await Promise.all(lanes);
    }
    expect(failures).toEqual([]);
    const asked = ids.filter((_, at) => at % 10 === 0);
    const views = await Promise.all(asked.map((id) => home.ask<sample.OrderView>(sample.GetOrder.of({ id }))));
    expect(views.map(({ count }) => count)).toEqual(asked.map(() => 1));
  });

  it('sends what belongs together the same way', async () => {
    await setShare('shop', 50);
    const handled = handledBy(away);
    const shares = [];
    for (const user of ['ann', 'bob', 'cid', 'dan', 'eve', 'fay', 'gil', 'hal']) {
      const before = handled();
      for (let turn = 0; turn < 6; turn++) await place(`${user}-${turn}`, user);
      shares.push(handled() - before);
    }
    expect(shares.every((share) => share === 0 || share === 6)).toBe(true);
    expect(new Set(shares).size).toBe(2);
  });

  it('goes where the application says, at once when it says otherwise, and by the share where it says nothing', async () => {
    let says: boolean | undefined;
    const asked: CanaryQuestion[] = [];
    const canary = (question: CanaryQuestion) => {
      asked.push(question);
      return says;
    };
    const other = await system.cluster.start('asking', [sample.ShopModule, sample.StockModule, OfficeModule], {
      canary,
    });
    const handled = handledBy(other);
    let turn = 0;
    /** Whether it carries an order out itself; it handles queries of its own either way. */
    const carriesOut = async () => {
      const before = handled();
      const id = `asked-${turn++}`;
      await other.execute(sample.PlaceOrder.of({ id, count: 1 }), { as: { subject: 'ann', roles: [], scopes: [] } });
      return handled() > before;
    };
    expect(await carriesOut()).toBe(true);
    says = true;
    expect(await carriesOut()).toBe(false);
    says = undefined;
    await setShare('shop', 100);
    await until(() => other.get(Canary).shareOf('shop') === 100);
    expect(await carriesOut()).toBe(false);
    says = false;
    expect(await carriesOut()).toBe(true);
    expect(asked[0]).toMatchObject({ module: 'shop', principal: { subject: 'ann' } });
  });

  it('is stored: a process that starts later has the same share', async () => {
    await setShare('shop', 30);
    const later = await system.cluster.start('later', [sample.ShopModule]);
    expect(later.get(Canary).shareOf('shop')).toBe(30);
  });

  it('when its only target is killed in the middle, the command is carried out at home, once', async () => {
    const processes = new Replicas();
    try {
      const target = await processes.start({ ...system, hosted: ['office'] });
      await until(() => home.get(Distribution).hosting('office').length === 2);
      await setShare('office', 100);
      const answer = home.execute(RunErrand.of({ id: 'hang-canary' }));
      await until(() => target.said.includes('began hang-canary'));
      expect(Errands.by('RunErrand')).toEqual([]);
      await target.kill();
      await answer;
      expect(Errands.by('RunErrand').map(({ about }) => about)).toEqual(['hang-canary']);
      expect(await home.ask(CountNotes.of({ id: 'hang-canary' }))).toBe(1);
    } finally {
      await processes.killAll();
    }
  });
});
