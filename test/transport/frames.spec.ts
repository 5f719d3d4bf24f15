import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { open, sign, signingKey, type Frame } from '@aitbc/modulith/transport/frame.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { after, CLAIM_MS, echo, nodes, plainRedis, request, until } from './nodes.js';

const key = signingKey('a secret');
const text = fc.string({ unit: 'grapheme' });

const frames: fc.Arbitrary<Frame> = fc.record({
  from: text,
  replyTo: text,
  expires: fc.integer({ min: 1, max: 8.64e15 }),
  items: fc.array(fc.record({ head: fc.jsonValue().map(withoutMinusZero), body: text }), { maxLength: 10 }),
});

/** JSON knows only one zero. */
function withoutMinusZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('a frame', () => {
  it('says at its target what was signed, also after it travelled as UTF-8', () => {
    fc.assert(
      fc.property(frames, text, (frame, target) => {
        const travelled = Buffer.from(sign(key, target, frame), 'utf8').toString('utf8');
        expect(open([key], target, travelled, 0)).toEqual(frame);
      }),
    );
  });

  it('is refused when any of its characters is changed', () => {
    fc.assert(
      fc.property(frames, fc.nat(), fc.constantFrom('0', '7', 'x', '"', '.'), (frame, at, character) => {
        const signed = sign(key, 'target', frame);
        const index = at % signed.length;
        fc.pre(signed[index] !== character);
        const altered = signed.slice(0, index) + character + signed.slice(index + 1);
        expect(['unsigned', 'altered']).toContain(open([key], 'target', altered, 0));
      }),
    );
  });

  it('is refused at another target, with another secret, and after its time', () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const signed = sign(key, 'here', frame);
        expect(open([key], 'there', signed, 0)).toBe('altered');
        expect(open([signingKey('another')], 'here', signed, 0)).toBe('altered');
        expect(open([key], 'here', signed, frame.expires)).toBe('expired');
      }),
    );
  });

  it('is accepted under a secret that is on its way out, and refused when that is gone', () => {
    const old = signingKey('the secret of before');
    const signed = sign(old, 'here', { from: 'a', replyTo: '', expires: 1_000, items: [] });
    expect(open([key, old], 'here', signed, 0)).toMatchObject({ from: 'a' });
    expect(open([key], 'here', signed, 0)).toBe('altered');
  });

  it('of a newer version is told from garbage', () => {
    const newer = asNewer('here', Date.now() + 1000);
    expect(open([key], 'here', newer, Date.now())).toBe('newer');
    expect(open([key], 'here', newer, Date.now() + 1000)).toBe('expired');
    expect(open([key], 'there', newer, Date.now())).toBe('altered');
    expect(open([key], 'here', 'm2.nonsense', Date.now())).toBe('unsigned');
  });
});

describe('a server', () => {
  let redis: RedisServer;
  const node = nodes(() => redis.url);
  const stream = 'modulith:requests:wallet';
  beforeEach(async () => void (redis = await startRedis()));
  afterEach(() => redis.stop());

  it('when a frame is unsigned, altered, foreign, late or meant for another stream, refuses it, counts it, and goes on', async () => {
    const handled: string[] = [];
    const server = await node()
      .serve('wallet', async (asked) => {
        handled.push(asked.name);
        return echo(asked);
      })
      .start();
    const caller = await node().start();
    const plain = plainRedis(redis.url);
    const good = (secret: string, target: string, expires: number) => {
      const items = [{ head: [1, 'id', 'Bad', null, Date.now() + 60_000, 0], body: '' }];
      return sign(signingKey(secret), target, { from: 'x', replyTo: 'y', expires, items });
    };
    const late = Date.now() + 60_000;
    for (const frame of [
      'nonsense',
      good('a secret', stream, late).replace('"Bad"', '"Worse"'),
      good('another secret', stream, late),
      good('a secret', 'modulith:requests:agents', late),
      good('a secret', stream, Date.now() - 1),
    ]) {
      await plain.xadd(stream, '*', 'f', frame);
    }
    await plain.xadd(stream, '*', 'other', 'fields');

    await caller.client.request('wallet', request('Good'));

    expect(handled).toEqual(['Good']);
    expect(Object.fromEntries(server.link.counters.refused)).toEqual({ unsigned: 2, altered: 3, expired: 1 });
    await until(async () => (await plain.xlen(stream)) === 0);
    plain.disconnect();
  });

  it('when a frame is of a newer release, leaves it pending until it expires', async () => {
    const servers = [node().serve('wallet', echo), node().serve('wallet', echo)];
    await Promise.all(servers.map((server) => server.start()));
    const plain = plainRedis(redis.url);
    await plain.xadd(stream, '*', 'f', asNewer(stream, Date.now() + CLAIM_MS * 4));

    await after(CLAIM_MS * 2);
    expect(await plain.xlen(stream)).toBe(1);
    const seen = servers.map(({ link }) => link.counters.refused.get('newer') ?? 0);
    expect(Math.max(...seen)).toBe(1);

    await until(async () => (await plain.xlen(stream)) === 0);
    plain.disconnect();
  });

  it('when a broadcast is forged, no listener hears it', async () => {
    const listener = await node().start();
    const heard: string[] = [];
    await listener.link.subscribe('news', (body) => heard.push(body));
    const plain = plainRedis(redis.url);
    await plain.publish('modulith:0:news', 'forged');
    listener.link.publish('news', 'true');
    await until(() => heard.length > 0);
    expect(heard).toEqual(['true']);
    expect(listener.link.counters.refused.get('unsigned')).toBe(1);
    plain.disconnect();
  });
});

/** What a later release might send: signed as every version must be, with contents of its own. */
function asNewer(target: string, expires: number): string {
  const prefix = `m2.${expires}.`;
  const rest = '.contents of another kind';
  const mac = createHmac('sha256', 'a secret').update(`${target}\n${prefix}${rest}`).digest('base64url');
  return prefix + mac + rest;
}
