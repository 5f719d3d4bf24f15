import type { Redis } from 'ioredis';
import { NotSent, Unanswered } from '@aitbc/modulith/transport/client.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { inFull } from '../support/extent.js';
import { startRedis } from '../support/redis-server.js';
import { after, CLAIM_MS, echo, nodes, plainRedis, request, until } from './nodes.js';

const WAITING = inFull(100_000, 20_000);

describe('what a transport leaves behind', () => {
  let redis: RedisServer;
  let plain: Redis;
  const node = nodes(() => redis.url);
  const stream = 'modulith:requests:wallet';
  beforeAll(async () => {
    redis = await startRedis();
    plain = plainRedis(redis.url);
  });
  afterEach(() => redis.flush());
  afterAll(async () => {
    plain.disconnect();
    await redis.stop();
  });

  it('when all is answered, streams are empty and nothing is pending', async () => {
    const server = await node().serve('wallet', echo).start();
    const caller = await node().start();
    await Promise.all(Array.from({ length: 500 }, (_, i) => caller.client.request('wallet', request('Do', `${i}`))));
    await until(async () => (await plain.xlen(stream)) === 0);
    expect(await server.server.lag('wallet')).toEqual({ waiting: 0, pending: 0 });
  });

  it('when requests wait, the lag says how many entries and for how long', async () => {
    const server = node()
      .serve('wallet', async (asked) => {
        await after(300);
        return echo(asked);
      })
      .serve('agents', echo);
    await server.start();
    const caller = await node().start();
    const reply = caller.client.request('wallet', request('Do'));
    await until(() => server.server.inFlight === 1);
    await after(50);
    const lag = await server.server.lag('wallet');
    expect(lag).toMatchObject({ waiting: 0, pending: 1 });
    expect(lag.oldestMs).toBeGreaterThanOrEqual(40);
    await reply;
    expect(await server.server.lag('nobody')).toEqual({ waiting: 0, pending: 0 });
  });

  it('when a process drains, it answers what it holds, leaves the rest to others, and is not in the group any more', async () => {
    const slow = async (asked: Parameters<typeof echo>[0]) => {
      await after(100);
      return echo(asked);
    };
    const leaving = node().serve('wallet', slow);
    leaving.serve(`@${leaving.id}`, echo);
    await leaving.start();
    const caller = await node().start();
    const replies = Array.from({ length: 50 }, (_, i) => caller.client.request('wallet', request('Do', `${i}`)));
    await until(() => leaving.server.inFlight === 50);

    await leaving.server.drain();
    const later = caller.client.request('wallet', request('Do', 'later'));

    expect(leaving.server.inFlight).toBe(0);
    expect((await Promise.all(replies)).every(({ ok }) => ok)).toBe(true);
    expect(await plain.xinfo('CONSUMERS', stream, 'modulith')).toEqual([]);
    expect(await plain.exists(`modulith:requests:@${leaving.id}`)).toBe(0);
    await node().serve('wallet', slow).start();
    await expect(later).resolves.toMatchObject({ body: 'later' });
  });

  it('when processes are replaced one after the other under load, no request fails or is handled twice', async () => {
    const caller = await node().start();
    const handled = new Map<string, number>();
    const count = async (asked: Parameters<typeof echo>[0]) => {
      handled.set(asked.body, (handled.get(asked.body) ?? 0) + 1);
      await after(2);
      return echo(asked);
    };
    let serving = await node().serve('wallet', count).start();
    let isOver = false;
    let made = 0;
    const lanes = Array.from({ length: 16 }, async () => {
      while (!isOver) await caller.client.request('wallet', request('Do', String(++made)));
    });
    for (let turn = 0; turn < 5; turn++) {
      const next = await node().serve('wallet', count).start();
      await after(50);
      await serving.server.drain();
      serving = next;
    }
    isOver = true;
    await Promise.all(lanes);
    expect(handled.size).toBe(made);
    expect([...handled.values()].every((times) => times === 1)).toBe(true);
  });

  it('when a process is gone, its own stream expires, and requests to it are not sent', async () => {
    const dying = node();
    dying.serve(`@${dying.id}`, echo);
    await dying.start();
    await until(async () => (await plain.pttl(`modulith:requests:@${dying.id}`)) > 0);
    await dying.link.stop();
    await until(async () => (await plain.exists(`modulith:requests:@${dying.id}`)) === 0, CLAIM_MS * 4);
    const caller = await node({ patienceMs: 100 }).start();
    await expect(caller.client.request(`@${dying.id}`, request('Do'))).rejects.toBeInstanceOf(NotSent);
    expect(await plain.exists(`modulith:requests:@${dying.id}`)).toBe(0);
  });

  it(`when ${WAITING} requests wait, they wait in Redis, not in the process that serves`, async () => {
    const caller = await node().start();
    const replies: Promise<unknown>[] = [];
    for (let i = 0; i < WAITING; i++) {
      const deadline = Date.now() + 60_000;
      replies.push(caller.client.request('wallet', request('Do', `${i}`, { deadline })).catch((error) => error));
    }
    await until(() => caller.link.counters.itemsOut === WAITING);
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    let running = 0;
    let most = 0;
    const hold = async () => {
      most = Math.max(most, ++running);
      await gate;
      running -= 1;
      return { ok: true, body: '' };
    };
    const server = node().serve('wallet', hold, { maxInFlight: 500 });
    await server.start();
    await after(CLAIM_MS * 2);
    expect(most).toBe(500);
    expect(server.server.inFlight).toBeLessThanOrEqual(500 + 64);
    expect(server.link.counters.itemsIn).toBeLessThanOrEqual(500 + 64);
    release();
    const answers = await Promise.all(replies);
    expect(answers.filter((answer) => answer instanceof Error)).toEqual([]);
  }, 60_000);

  it('when a handler throws, or its reply is too large, the caller hears at once that there is no answer', async () => {
    const server = await node({ maxFrameBytes: 1_000 })
      .serve('wallet', async ({ name }) => {
        if (name === 'Throw') throw new Error('broken');
        return { ok: true, body: 'ä'.repeat(501) };
      })
      .start();
    const caller = await node().start();
    for (const name of ['Throw', 'Large']) {
      const error = await caller.client.request('wallet', request(name)).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(Unanswered);
      expect(error).toMatchObject({ reason: 'fault' });
    }
    expect(server.link.counters.faults).toBe(1);
  });

  it('when a request is too large, in its body or in its meta, it is not sent', async () => {
    const caller = await node({ maxFrameBytes: 1_000 }).start();
    await node().serve('wallet', echo).start();
    for (const large of [request('Do', 'ä'.repeat(501)), request('Do', '', { meta: 'x'.repeat(300_000) })]) {
      const [first, second] = await Promise.allSettled(
        [request('Do', 'small'), large].map((each) => caller.client.request('wallet', each)),
      );
      expect(first).toMatchObject({ value: { body: 'small' } });
      expect(second).toMatchObject({ reason: { name: 'NotSent', reason: 'too_large' } });
    }
  });

  it('when the deadline of a waiting request has passed, no handler sees it', async () => {
    const caller = await node().start();
    const handled: string[] = [];
    const server = node().serve(
      'wallet',
      async ({ name }) => {
        handled.push(name);
        await after(150);
        return { ok: true, body: '' };
      },
      { maxInFlight: 1 },
    );
    const first = caller.client.request('wallet', request('First'));
    const second = caller.client.request('wallet', request('Second', '', { deadline: Date.now() + 100 }));
    const both = Promise.allSettled([first, second]);
    await server.start();
    await both;
    await until(() => server.link.counters.expired === 1);
    expect(handled).toEqual(['First']);
  });

  it('when the client stops, what was sent rejects as unanswered, and what was not as not sent', async () => {
    const caller = await node().start();
    let wasSent = false;
    const sent = expect(caller.client.request('nobody', request('Do'), () => (wasSent = true))).rejects.toMatchObject({
      name: 'Unanswered',
      reason: 'stopped',
    });
    await until(() => wasSent);
    const unsent = expect(caller.client.request('nobody', request('Do'))).rejects.toMatchObject({ name: 'NotSent' });
    await caller.client.stop();
    await Promise.all([sent, unsent]);
  });

  it('when broadcasts are sent in one tick, all processes hear them in order, from one frame', async () => {
    const processes = await Promise.all([node().start(), node().start()]);
    const heard: string[][] = [[], []];
    await Promise.all(processes.map(({ link }, i) => link.subscribe('news', (body) => heard[i]!.push(body))));
    for (const body of ['1', '2', '3']) processes[0]!.link.publish('news', body);
    await until(() => heard.every((bodies) => bodies.length === 3));
    expect(heard).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    expect(processes[0]!.link.counters.framesOut).toBe(1);
  });
});
