import { once } from 'node:events';
import { NotSent, Unanswered } from '@aitbc/modulith/transport/client.js';
import { SecretMismatch } from '@aitbc/modulith/transport/link.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { after, echo, nodes, request, until } from './nodes.js';

describe('when Redis goes away', () => {
  let redis: RedisServer;
  const node = nodes(() => redis.url);
  beforeEach(async () => void (redis = await startRedis()));
  afterEach(() => redis.stop());

  it('with requests pending, they are answered after it came back', async () => {
    // Handlers end while Redis is away, however slow the machine is.
    const redisIsAway = new AbortController();
    const server = await node()
      .serve('wallet', async (asked) => {
        if (!redisIsAway.signal.aborted) await once(redisIsAway.signal, 'abort');
        return echo(asked);
      })
      .start();
    const caller = await node().start();
    const replies = Array.from({ length: 100 }, (_, i) => caller.client.request('wallet', request('Do', `${i}`)));
    await until(() => server.server.inFlight === 100);

    await redis.kill();
    redisIsAway.abort();
    await after(100);
    await redis.start();

    const bodies = (await Promise.all(replies)).map(({ body }) => Number(body));
    expect(bodies).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(caller.link.counters).toMatchObject({ connections: 2, dataLost: 1, resent: 100 });
    // What was being handled is not handled a second time at once.
    expect(server.link.counters.faults).toBe(0);
  });

  it('and comes back, while requests keep being made, none is lost or refused within the patience', async () => {
    await node().serve('wallet', echo).start();
    const caller = await node().start();
    let made = 0;
    let isOver = false;
    const lanes = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const body = String(++made);
        expect((await caller.client.request('wallet', request('Do', body))).body).toBe(body);
      }
    });
    for (let turn = 0; turn < 3; turn++) {
      await after(200);
      await redis.kill();
      await after(100);
      await redis.start();
    }
    await after(200);
    isOver = true;
    await Promise.all(lanes);
    expect(made).toBeGreaterThan(100);
  });

  it('by a FLUSHALL, pending requests are sent again as soon as that is seen', async () => {
    const caller = await node().start();
    const reply = caller.client.request('wallet', request('Do', 'this'));
    await until(() => caller.link.counters.framesOut === 1);
    await after(20);
    await redis.flush();
    const server = node().serve('wallet', async (asked, { again }) => ({ ok: again, body: asked.body }));
    await server.start();

    await expect(reply).resolves.toEqual({ ok: true, meta: undefined, body: 'this', wasResent: true });
    expect(caller.link.counters).toMatchObject({ connections: 1, dataLost: 1 });
  });

  it('by a FLUSHALL, servers go on as if nothing had been', async () => {
    await node().serve('wallet', echo).start();
    const caller = await node().start();
    for (let turn = 0; turn < 3; turn++) {
      await redis.flush();
      await expect(caller.client.request('wallet', request('Do', `${turn}`))).resolves.toMatchObject({ ok: true });
    }
  });

  it('for longer than the patience, new requests fail as not sent, and pending ones wait for their deadline', async () => {
    await node()
      .serve('wallet', () => new Promise(() => undefined))
      .start();
    const caller = await node({ patienceMs: 200 }).start();
    const pending = caller.client.request('wallet', request('Do', '', { deadline: Date.now() + 1_500 }));
    await until(() => caller.link.counters.framesOut === 1);
    await after(50);
    await redis.kill();
    await until(() => !caller.link.isConnected);

    const began = Date.now();
    const refused = await caller.client.request('wallet', request('Do')).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(NotSent);
    expect((refused as NotSent).reason).toBe('away');
    expect(Date.now() - began).toBeLessThan(1_000);
    await expect(pending).rejects.toBeInstanceOf(Unanswered);
    await redis.start();
  });

  it('without closing its connections, they are made anew', async () => {
    await node().serve('wallet', echo).start();
    const caller = await node().start();
    redis.pause();
    const reply = caller.client.request('wallet', request('Do', 'this', { deadline: Date.now() + 20_000 }));
    await until(() => !caller.link.isConnected, 8_000);
    redis.resume();
    await expect(reply).resolves.toMatchObject({ body: 'this' });
  });

  it('before a process starts, the process starts, and works as soon as Redis does', async () => {
    await redis.kill();
    const began = Date.now();
    const server = await node().serve('wallet', echo).start();
    const caller = await node().start();
    expect(Date.now() - began).toBeLessThan(1_500);
    expect(caller.link.isConnected).toBe(false);
    const reply = caller.client.request('wallet', request('Do', 'this'));
    await redis.start();
    await expect(reply).resolves.toMatchObject({ body: 'this' });
    expect(server.link.isConnected).toBe(true);
  });

  it('and a process uses another secret, it does not start', async () => {
    await node().start();
    await expect(node({ secret: 'another' }).start()).rejects.toBeInstanceOf(SecretMismatch);
  });

  it('and all processes that used another secret are dead, a process starts', async () => {
    const old = await node({ secret: 'old' }).start();
    await old.stop();
    const fresh = await node({ secret: 'new' }).start();
    await until(() => fresh.link.isConnected, 7_000);
  });
});
