import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { after, nodes, plainRedis, until, type Node } from './nodes.js';

describe('presence', () => {
  let redis: RedisServer;
  const node = nodes(() => redis.url);
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis.stop());

  async function appear(options?: Parameters<typeof node>[0]): Promise<Node> {
    const process = node(options);
    await process.link.start();
    await process.presence.start();
    return process;
  }

  const idsSeenBy = (process: Node) => process.presence.processes().map(({ id }) => id);

  it('when a process joins or leaves, the others know within a moment', async () => {
    const first = await appear({ services: ['wallet'] });
    const gone: string[] = [];
    first.presence.onGone(({ id }) => gone.push(id));

    const second = await appear({ services: ['wallet', 'agents'] });
    await until(() => first.presence.hosting('wallet').length === 2, 1_000);
    expect(idsSeenBy(second)).toEqual(idsSeenBy(first));
    expect(first.presence.hosting('agents').map(({ id }) => id)).toEqual([second.id]);
    expect(first.presence.hosting(`@${second.id}`)).toHaveLength(1);

    await second.presence.leave();
    await until(() => idsSeenBy(first).length === 1, 1_000);
    expect(gone).toEqual([second.id]);
    expect(first.presence.hosting('agents')).toEqual([]);
    await first.presence.leave();
  });

  it('when a process changes what it serves, the others know', async () => {
    const first = await appear();
    const second = await appear();
    await second.presence.update({ services: ['wallet'] });
    await until(() => first.presence.hosting('wallet').length === 1, 1_000);
    await Promise.all([first.presence.leave(), second.presence.leave()]);
  });

  it('when a process dies without a word, it is gone after its time', async () => {
    const first = await appear();
    const second = await appear({ services: ['wallet'] });
    await until(() => first.presence.hosting('wallet').length === 1);
    await second.link.stop();
    await until(() => first.presence.hosting('wallet').length === 0, 9_500);
    const plain = plainRedis(redis.url);
    expect(await plain.smembers('modulith:processes')).toEqual([first.id]);
    plain.disconnect();
    await first.presence.leave();
  });

  it('when a process was taken for dead, it tells the others that it lives', async () => {
    const first = await appear();
    const second = await appear();
    const announced: string[] = [];
    await first.link.subscribe('presence', (body) => announced.push(body));
    const plain = plainRedis(redis.url);
    await plain.del(`modulith:process:${second.id}`);
    plain.disconnect();
    await until(() => announced.some((body) => body.includes(second.id)), 4_000);
    await Promise.all([first.presence.leave(), second.presence.leave()]);
  });

  it('when a record bears no signature of ours, it is ignored and counted', async () => {
    const plain = plainRedis(redis.url);
    await plain.sadd('modulith:processes', 'stranger');
    await plain.set('modulith:process:stranger', JSON.stringify({ id: 'stranger', services: ['wallet'] }));
    const process = await appear();
    expect(idsSeenBy(process)).toEqual([process.id]);
    expect(process.link.counters.refused.get('unsigned')).toBe(1);
    await process.presence.leave();
    await plain.flushall();
    plain.disconnect();
  });

  it('while Redis is away, and just after, nobody counts as gone', async () => {
    const first = await appear();
    const second = await appear();
    await until(() => idsSeenBy(first).length === 2);
    const gone: string[] = [];
    first.presence.onGone(({ id }) => gone.push(id));

    await redis.kill();
    await after(300);
    expect(idsSeenBy(first)).toHaveLength(2);
    await redis.start();
    await until(() => first.link.isConnected && second.link.isConnected);
    await after(2_500);

    expect(idsSeenBy(first)).toHaveLength(2);
    expect(gone).toEqual([]);
    await Promise.all([first.presence.leave(), second.presence.leave()]);
  });

  it('when Redis forgets everything, whoever notices first does not take the others for dead', async () => {
    const first = await appear();
    await after(250);
    const second = await appear();
    const gone: string[] = [];
    for (const { presence } of [first, second]) presence.onGone(({ id }) => gone.push(id));
    // So long that their last signs of life are old, and so short that the next are not due.
    await after(1_300);

    await redis.flush();
    await after(1_500);

    expect(gone).toEqual([]);
    expect(idsSeenBy(first)).toEqual(idsSeenBy(second));
    await Promise.all([first.presence.leave(), second.presence.leave()]);
  });
});
