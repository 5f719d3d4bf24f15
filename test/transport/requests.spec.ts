import { Unanswered } from '@aitbc/modulith/transport/client.js';
import { after, echo, nodes, plainRedis, request, until } from './nodes.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';

describe('requests and replies', () => {
  let redis: RedisServer;
  const node = nodes(() => redis.url);
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  it('when a service answers, the caller gets the reply, with its meta', async () => {
    await node()
      .serve('wallet', async ({ name, meta, body }) => ({ ok: false, meta: { name, meta }, body: `${body} back` }))
      .start();
    const caller = await node().start();

    const reply = await caller.client.request('wallet', request('Ask', 'there "and"\n🙂', { meta: { a: [1] } }));

    expect(reply).toEqual({ ok: false, meta: { name: 'Ask', meta: { a: [1] } }, body: 'there "and"\n🙂 back' });
    expect(caller.client.pendingOf('wallet')).toBe(0);
  });

  it('when two replicas serve, each request is handled by one of them', async () => {
    const handled: string[] = [];
    const replicas = [1, 2].map((replica) =>
      node().serve('wallet', async ({ body }) => {
        handled.push(`${replica}:${body}`);
        await after(1);
        return { ok: true, body };
      }),
    );
    await Promise.all(replicas.map((replica) => replica.start()));
    const caller = await node().start();

    for (let round = 0; round < 40; round++) {
      await Promise.all([0, 1, 2].map((lane) => caller.client.request('wallet', request('Do', `${round}-${lane}`))));
    }

    expect(handled.map((each) => each.split(':')[1])).toHaveLength(120);
    expect(new Set(handled.map((each) => each.split(':')[1])).size).toBe(120);
    expect(new Set(handled.map((each) => each.split(':')[0])).size).toBe(2);
  });

  it('when one process is addressed, it answers, and no other', async () => {
    const first = node();
    const second = node();
    for (const each of [first, second]) {
      each.serve('wallet', echo).serve(`@${each.id}`, async () => ({ ok: true, body: each.id }));
      await each.start();
    }

    const reply = await first.client.request(`@${second.id}`, request('WhoAreYou'));

    expect(reply.body).toBe(second.id);
  });

  it('when a tick sends many requests, few frames travel', async () => {
    const server = await node().serve('wallet', echo).start();
    const caller = await node().start();

    await Promise.all(Array.from({ length: 128 }, (_, i) => caller.client.request('wallet', request('Do', `${i}`))));

    expect(caller.link.counters.itemsOut).toBe(128);
    expect(caller.link.counters.framesOut).toBe(2);
    expect(server.link.counters.framesOut).toBeLessThanOrEqual(2);
  });

  it('when the deadline passes, rejects as unanswered, and takes the request back', async () => {
    const caller = await node().start();

    await expect(
      caller.client.request('nobody', request('Do', '', { deadline: Date.now() + 50 })),
    ).rejects.toBeInstanceOf(Unanswered);

    const plain = plainRedis(redis.url);
    await until(async () => (await plain.xlen('modulith:requests:nobody')) === 0);
    plain.disconnect();
  });
});
