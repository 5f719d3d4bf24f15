import type { Reply, Request } from '@aitbc/modulith/transport/client.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { Consumers } from './consumer.js';
import { after, CLAIM_MS, echo, nodes, plainRedis, request, until } from './nodes.js';

describe('requests that a consumer holds', () => {
  let redis: RedisServer;
  const consumers = new Consumers();
  const node = nodes(() => redis.url);
  beforeAll(async () => void (redis = await startRedis()));
  afterEach(async () => {
    await consumers.killAll();
    await redis.flush();
  });
  afterAll(() => redis?.stop());

  it('when its handler takes longer than the claim time, are not delivered again', async () => {
    const handled: string[] = [];
    const slow = async ({ body }: Request) => {
      handled.push(body);
      await after(CLAIM_MS * 3);
      return { ok: true, body };
    };
    const replicas = [1, 2, 3].map(() => node().serve('wallet', slow));
    await Promise.all(replicas.map((replica) => replica.start()));
    const caller = await node().start();

    const replies: Array<Promise<Reply>> = [];
    // One by one, so that every replica holds some.
    for (let i = 0; i < 12; i++) {
      replies.push(caller.client.request('wallet', request('Slow', `${i}`)));
      await after(10);
    }
    await Promise.all(replies);

    expect(handled).toHaveLength(12);
    expect(replicas.map(({ link }) => link.counters.takenOver)).toEqual([0, 0, 0]);
  });

  it('when its connections are cut, are taken over', async () => {
    const caller = await node().start();
    const dying = await node()
      .serve('wallet', () => new Promise(() => undefined))
      .start();
    const replies = ['1', '2', '3'].map((name) => caller.client.request('wallet', request('Do', name)));
    await until(() => dying.server.inFlight === 3);
    const deliveries: boolean[] = [];
    await node()
      .serve('wallet', async (asked, { again }) => {
        deliveries.push(again);
        return echo(asked);
      })
      .start();

    await dying.link.stop();

    expect((await Promise.all(replies)).map(({ body }) => body)).toEqual(['1', '2', '3']);
    expect(deliveries).toEqual([true, true, true]);
  });

  it('when it is killed, are taken over, and it is removed from the group', async () => {
    const caller = await node().start();
    const dying = await consumers.start(redis.url, 60_000);
    const reply = caller.client.request('wallet', request('Do', 'this'));
    await until(() => dying.said.includes('Do'));

    await dying.kill();
    const heir = await node().serve('wallet', echo).start();

    await expect(reply).resolves.toMatchObject({ body: 'this' });
    expect(heir.link.counters.takenOver).toBe(1);
    const plain = plainRedis(redis.url);
    await until(async () => {
      const groups = (await plain.xinfo('CONSUMERS', 'modulith:requests:wallet', 'modulith')) as string[][];
      return groups.length === 1 && groups[0]![1] === heir.id;
    });
    plain.disconnect();
  });

  it('when it stands still beyond its claim, are taken over, and its late answer does no harm', async () => {
    const caller = await node().start();
    const still = await consumers.start(redis.url, 300);
    const reply = caller.client.request('wallet', request('Do', 'this'));
    await until(() => still.said.includes('Do'));
    still.pause();
    const heir = await node().serve('wallet', echo).start();

    await expect(reply).resolves.toMatchObject({ body: 'this' });
    still.resume();

    await until(() => caller.link.counters.lateReplies === 1);
    await heir.server.drain();
    await expect(caller.client.request('wallet', request('Next'))).resolves.toMatchObject({ body: still.id });
  });

  it('when the same request is already in hand, is handled once and answered twice', async () => {
    let handled = 0;
    await node()
      .serve('wallet', async () => {
        handled += 1;
        await after(100);
        return { ok: true, body: String(handled) };
      })
      .start();
    const callers = await Promise.all([node().start(), node().start()]);
    const same = request('Do');

    const replies = await Promise.all(callers.map(({ client }) => client.request('wallet', same)));

    expect(replies.map(({ body }) => body)).toEqual(['1', '1']);
  });
});
