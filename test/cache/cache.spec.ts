import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { startRedis } from '../support/redis-server.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { Price, Shop } from './shop.js';

const ENTRIES = 64;

describe.each(['memory', 'Redis'] as const)('answers kept in %s', (where) => {
  let redis: RedisServer | undefined;
  let shop: Shop;
  const area = () => ({ name: `prices-${randomUUID()}`, ttlMs: 60_000, entries: ENTRIES });
  const open = (changed = {}) => Shop.open({ ...area(), ...changed }, redis?.url);

  beforeAll(async () => {
    if (where === 'Redis') redis = await startRedis();
  });
  beforeEach(async () => void (shop = await open()));
  afterEach(() => shop.close());
  afterAll(() => redis?.stop());

  it('come back as what they were, and nobody can change them for others', async () => {
    await shop.warm();
    const first = await shop.price();
    expect(first).toBeInstanceOf(Price);
    expect(first).toEqual(Price.of({ amount: 1n, since: new Date(0) }));
    first.amount = 99n;
    expect((await shop.price()).amount).toBe(1n);
  });

  it.each([
    [[1, 'a'], ['1a']],
    [['a', 'b'], ['ab']],
    [[1], ['1']],
    [[1n], [1]],
    [[undefined], [null]],
  ])('are those of their own question: %o is not %o', async (one, other) => {
    await shop.warm(one);
    const before = shop.computed;
    await shop.price(other);
    expect(shop.computed).toBe(before + 1);
  });

  it('are computed anew when their time is over', async () => {
    await shop.close();
    shop = await open({ ttlMs: 150 });
    await shop.warm();
    shop.amount = 2n;
    await vi.waitFor(async () => expect((await shop.price()).amount).toBe(2n), { timeout: 2_000 });
  });

  it('are computed once for all that ask at the same time, and each gets its own', async () => {
    await shop.warm(['something else']);
    const before = shop.computed;
    const answers = await Promise.all(Array.from({ length: 100 }, () => shop.price(['new'], 20)));
    expect(shop.computed).toBe(before + 1);
    expect(new Set(answers).size).toBe(100);
    expect(answers.every(({ amount }) => amount === 1n)).toBe(true);
  });

  it('when a computation fails, are not kept, and whoever waited for it tries by itself', async () => {
    await shop.warm();
    let tried = 0;
    const ask = () =>
      shop.cache.answer(shop.area, ['failing'], async () => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        if ((tried += 1) === 1) throw new Error('the first fails');
        return tried;
      });
    const outcomes = await Promise.allSettled([ask(), ask(), ask()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await ask()).toBe(4);
  });

  it('are told no more as soon as there was a change', async () => {
    for (let round = 0; round < 50; round++) {
      await shop.warm();
      const amount = shop.change();
      expect((await shop.price()).amount).toBe(amount);
    }
  });

  it('when computed before a change and ready after it, are neither shared nor kept', async () => {
    await shop.warm(['something else']);
    const early = shop.price([], 60);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const amount = shop.change();
    expect((await shop.price()).amount).toBe(amount);
    await shop.warm(['something else']);
    expect((await early).amount).toBe(amount - 1n);
    await shop.warm();
    expect((await shop.price()).amount).toBe(amount);
  });

  it('when they are not final, are not kept', async () => {
    await shop.warm();
    let asked = 0;
    const ask = () =>
      shop.cache.answer(
        shop.area,
        ['until three'],
        () => Promise.resolve((asked += 1)),
        (answer) => answer >= 3,
      );
    const answers: number[] = [];
    for (let at = 0; at < 5; at++) {
      answers.push(await ask());
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(answers).toEqual([1, 2, 3, 3, 3]);
  });

  it('when they are very long, are not kept', async () => {
    await shop.warm();
    let asked = 0;
    const ask = () =>
      shop.cache.answer(shop.area, ['long'], () => {
        asked += 1;
        return Promise.resolve('x'.repeat(70_000));
      });
    await ask();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await ask();
    expect(asked).toBe(2);
  });

  it('are counted as hit or miss', async () => {
    await shop.warm();
    const [hits, misses] = [await shop.count('hit'), await shop.count('miss')];
    for (let at = 0; at < 10; at++) await shop.price();
    await shop.price(['new']);
    expect([await shop.count('hit'), await shop.count('miss')]).toEqual([hits + 10, misses + 1]);
  });

  it('whatever is asked and changed at once, are never older than their question', async () => {
    await shop.warm();
    const step = fc.record({ key: fc.nat(2), waits: fc.nat(3), takes: fc.nat(4), changes: fc.boolean() });
    const lane = fc.array(step, { minLength: 1, maxLength: 12 });
    const property = fc.asyncProperty(fc.array(lane, { minLength: 2, maxLength: 6 }), async (lanes) => {
      const walk = async (steps: readonly (typeof lanes)[number][number][]) => {
        for (const { key, waits, takes, changes } of steps) {
          await new Promise((resolve) => setTimeout(resolve, waits));
          if (changes) shop.change();
          const before = shop.amount;
          const { amount } = await shop.price([key], takes);
          expect(amount).toBeGreaterThanOrEqual(before);
        }
      };
      await Promise.all(lanes.map(walk));
    });
    await fc.assert(property, { numRuns: 40 });
  });
});
