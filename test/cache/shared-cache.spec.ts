import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { Cable } from '../support/cable.js';
import { Shop } from './shop.js';

/** For a hundred questions: much longer than they take, much shorter than if each waited for Redis by itself. */
const AT_ONCE_MS = 2_000;

describe('two applications with one Redis', () => {
  let redis: RedisServer;
  let cables: Cable[];
  let shops: Shop[];
  let raw: Redis;
  let area: { name: string; ttlMs: number; entries: number };
  const [A, B] = [() => shops[0]!, () => shops[1]!];

  /** The price changes for everybody, and one of the two says so. */
  const change = (by: Shop) => {
    const amount = by.change();
    for (const shop of shops) shop.amount = amount;
    return amount;
  };
  const openBoth = async (ttlMs = 60_000) => {
    area = { name: `prices-${randomUUID()}`, ttlMs, entries: 64 };
    shops = [await Shop.open(area, cables[0]!.url), await Shop.open(area, cables[1]!.url)];
  };
  const entryKeys = async () => {
    const keys = await raw.keys(`*${area.name}:*`);
    return keys.filter((key) => !key.endsWith('generation'));
  };

  beforeEach(async () => {
    redis = await startRedis();
    cables = [await Cable.to(redis.port), await Cable.to(redis.port)];
    raw = new Redis(redis.url, { lazyConnect: true, retryStrategy: () => 100 });
    raw.on('error', () => undefined);
    await openBoth();
  });
  afterEach(async () => {
    redis.resume();
    await Promise.all(shops.map((shop) => shop.close()));
    raw.disconnect();
    await Promise.all(cables.map((cable) => cable.cut()));
    await redis.stop();
  });

  it('answer from what the other has computed', async () => {
    await B().warm(['something else']);
    await A().warm();
    A().amount = B().amount = 2n;
    await vi.waitFor(async () => expect((await B().price()).amount).toBe(1n));
  });

  it('when one says that there was a change, the other forgets too', async () => {
    for (let round = 0; round < 20; round++) {
      await Promise.all(shops.map((shop) => shop.warm()));
      const amount = change(A());
      expect((await A().price()).amount).toBe(amount);
      // As soon as the one that made the change answers from the cache again, it is known to all.
      await A().warm();
      expect((await B().price()).amount).toBe(amount);
    }
  });

  it('when one computes across a change that the other made, what it keeps is told by nobody', async () => {
    await Promise.all(shops.map((shop) => shop.warm(['something else'])));
    const early = B().price([], 80);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const amount = change(A());
    await early;
    await Promise.all(shops.map((shop) => shop.warm()));
    expect((await A().price()).amount).toBe(amount);
    expect((await B().price()).amount).toBe(amount);
  });

  it('when Redis is killed, answer at once by themselves, and use it again when it is back', async () => {
    await Promise.all(shops.map((shop) => shop.warm()));
    await redis.kill();
    const started = performance.now();
    for (let at = 0; at < 50; at++) {
      const amount = change(A());
      for (const shop of shops) expect((await shop.price()).amount).toBe(amount);
    }
    expect(performance.now() - started).toBeLessThan(AT_ONCE_MS);
    expect(await A().count('bypass')).toBeGreaterThanOrEqual(100);
    await redis.start();
    await Promise.all(shops.map((shop) => shop.warm()));
    expect((await B().price()).amount).toBe(A().amount);
  });

  it('when Redis falls silent, wait a moment at most, once, and use it again when it speaks', async () => {
    await Promise.all(shops.map((shop) => shop.warm()));
    redis.pause();
    const started = performance.now();
    const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => A().price([at])));
    for (let at = 0; at < 100; at++) answers.push(await A().price([at]));
    expect(performance.now() - started).toBeLessThan(AT_ONCE_MS);
    expect(answers).toHaveLength(200);
    const amount = change(A());
    expect((await A().price()).amount).toBe(amount);
    redis.resume();
    await A().warm();
    expect((await A().price()).amount).toBe(amount);
    expect((await B().price()).amount).toBe(amount);
  });

  it('when one was cut off while it made a change, tell nothing old once it is back', async () => {
    await Promise.all(shops.map((shop) => shop.warm()));
    await cables[0]!.cut();
    const amount = change(A());
    expect((await A().price()).amount).toBe(amount);
    // Nobody can have told B; its entries' time bounds how long this lasts.
    expect([amount - 1n, amount]).toContain((await B().price()).amount);
    await cables[0]!.mend();
    await A().warm();
    expect((await A().price()).amount).toBe(amount);
    expect((await B().price()).amount).toBe(amount);
  });

  it('when Redis comes back as it was before a change, such as a replica that lagged, tell nothing of that', async () => {
    await A().warm();
    const keys = await raw.keys(`*${area.name}:*`);
    const before = await raw.mget(keys);
    const amount = change(A());
    await A().warm();
    await cables[0]!.cut();
    await raw.mset(keys.flatMap((key, at) => [key, before[at]!]));
    await cables[0]!.mend();
    const told = new Set<bigint>();
    await vi.waitFor(
      async () => {
        const hits = await A().count('hit');
        told.add((await A().price()).amount);
        expect(await A().count('hit')).toBe(hits + 1);
      },
      { timeout: 5_000, interval: 5 },
    );
    expect([...told]).toEqual([amount]);
  });

  it('when a change was never made known, notice it when the time of the answer is over', async () => {
    await Promise.all(shops.map((shop) => shop.close()));
    await openBoth(300);
    await B().warm();
    B().amount = 7n;
    await vi.waitFor(async () => expect((await B().price()).amount).toBe(7n), { timeout: 2_000 });
  });

  it('when one begins, trust nothing from before: somebody may have died before telling', async () => {
    await A().warm();
    A().amount = B().amount = 5n;
    await B().warm();
    expect((await B().price()).amount).toBe(5n);
    expect((await A().price()).amount).toBe(5n);
  });

  it('when Redis forgets everything, compute anew', async () => {
    await A().warm();
    await redis.flush();
    await A().warm();
    expect(await entryKeys()).toHaveLength(1);
  });

  it('when Redis comes only later, start without it', async () => {
    await Promise.all(shops.map((shop) => shop.close()));
    await redis.kill();
    const started = performance.now();
    await openBoth();
    expect((await A().price()).amount).toBe(1n);
    expect(performance.now() - started).toBeLessThan(5_000);
    await redis.start();
    await Promise.all(shops.map((shop) => shop.warm()));
  });

  it('when Redis is silent, end nevertheless', async () => {
    await A().warm();
    redis.pause();
    const started = performance.now();
    const pending = A().price();
    await Promise.all(shops.map((shop) => shop.app.close()));
    await pending;
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('when they have ended, leave Redis alone', async () => {
    await A().warm();
    const connections = async () => ((await raw.client('LIST')) as string).trim().split('\n').length;
    const before = await connections();
    await A().app.close();
    change(A());
    await A().price();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await connections()).toBe(before - 1);
  });

  it('tell nothing that somebody else has written', async () => {
    await A().warm();
    const [key] = await entryKeys();
    const entry = (await raw.get(key!))!;
    const forged = entry.replace('{"$n":"1"}', '{"$n":"9"}');
    expect(forged).not.toBe(entry);
    await raw.set(key!, forged);
    expect((await A().price()).amount).toBe(1n);

    const stranger = await Shop.open(area, redis.url, 'cd'.repeat(32));
    stranger.amount = 9n;
    await stranger.warm();
    expect((await A().price()).amount).toBe(1n);
    await stranger.close();
  });

  it('when somebody puts back what was there before a change, or what is over, do not tell it', async () => {
    await Promise.all(shops.map((shop) => shop.close()));
    await openBoth(500);
    await A().warm();
    const [key] = await entryKeys();
    const generation = (await raw.keys(`*${area.name}:generation`))[0]!;
    const before = [await raw.get(key!), await raw.get(generation)];
    const amount = change(A());
    await A().warm();
    await raw.set(key!, before[0]!);
    expect((await A().price()).amount).toBe(amount);
    await new Promise((resolve) => setTimeout(resolve, 600));
    await raw.mset(key!, before[0]!, generation, before[1]!);
    expect((await A().price()).amount).toBe(amount);
  });

  it('whatever is asked, keep a bounded number of answers, each for a time', async () => {
    await A().warm();
    for (let at = 0; at < 20_000; at += 50) {
      await Promise.all(Array.from({ length: 50 }, (_, index) => A().price([`filter ${at + index}`])));
    }
    const keys = await entryKeys();
    expect(keys.length).toBeGreaterThan(32);
    expect(keys.length).toBeLessThanOrEqual(64);
    for (const key of await raw.keys('*')) expect(await raw.pttl(key)).toBeGreaterThan(0);
  });
});
