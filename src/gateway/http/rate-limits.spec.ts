import { randomUUID } from 'node:crypto';
import {
  type AppConfig,
  FixedClock,
  networkOf,
  rateLimitHeaders,
  RateWindows,
  RequestWindows,
  SharedWindows,
} from '@aitbc/platform';
import { RateLimited } from '../contract/index.js';
import { mustBeWithin, RateLimits } from './rate-limits.js';

const rateLimits = { perUser: 3, perAddress: 2, perAddressLogin: 1 };

describe('the limits', () => {
  const clock = new FixedClock();
  let limits: RateLimits;
  beforeEach(() => {
    const config = { rateLimits } as AppConfig;
    limits = new RateLimits(config, new RateWindows(new RequestWindows(clock), new SharedWindows(config)));
  });

  const refusal = async (asked: ReturnType<RateLimits['ofCaller']>): Promise<RateLimited | undefined> => {
    const standing = await asked;
    try {
      mustBeWithin(standing);
      return undefined;
    } catch (error) {
      return error as RateLimited;
    }
  };

  it('admit a caller as often in a minute as configured, and say when the minute is over', async () => {
    for (let n = 0; n < 3; n++) expect(await refusal(limits.ofCaller('ada'))).toBeUndefined();
    clock.advance(20_000);
    expect(await refusal(limits.ofCaller('ada'))).toMatchObject({
      code: 'gateway.rate_limited',
      details: { limit: 'perUser', retryAfterSeconds: 40 },
    });
    clock.advance(40_000);
    expect(await refusal(limits.ofCaller('ada'))).toBeUndefined();
  });

  it('go on evenly when somebody sets the clock', async () => {
    for (let n = 0; n < 3; n++) await limits.ofCaller('ada');
    clock.set(new Date('2031-01-01T00:00:00.000Z'));
    expect(await refusal(limits.ofCaller('ada'))).toBeInstanceOf(RateLimited);
    clock.set(new Date('2020-01-01T00:00:00.000Z'));
    clock.advance(60_000);
    expect(await refusal(limits.ofCaller('ada'))).toBeUndefined();
  });

  it('are apart for each caller, each address and signing in', async () => {
    for (let n = 0; n < 3; n++) await limits.ofCaller('ada');
    expect(await refusal(limits.ofCaller('grace'))).toBeUndefined();
    await limits.ofAddress('192.0.2.1');
    expect(await refusal(limits.ofSignIn('192.0.2.1'))).toBeUndefined();
    expect(await refusal(limits.ofSignIn('192.0.2.1'))).toBeInstanceOf(RateLimited);
    expect(await refusal(limits.ofAddress('192.0.2.1'))).toBeUndefined();
  });

  it('count a whole IPv6 network as one caller', async () => {
    await limits.ofAddress('2001:db8:1:2::1');
    await limits.ofAddress('2001:db8:1:2:ffff::9');
    expect(await refusal(limits.ofAddress('2001:db8:1:2:a:b:c:d'))).toBeInstanceOf(RateLimited);
    expect(await refusal(limits.ofAddress('2001:db8:1:3::1'))).toBeUndefined();
  });

  it('are told in the fields of the standard headers', async () => {
    await limits.ofCaller('ada');
    clock.advance(1_500);
    expect(rateLimitHeaders(await limits.ofCaller('ada'))).toEqual({
      'ratelimit-policy': '"perUser";q=3;w=60',
      ratelimit: '"perUser";r=1;t=59',
    });
  });
});

describe('the limits of replicas on one Redis', () => {
  const started: SharedWindows[] = [];
  const replica = async (redisUrl: string) => {
    const config = { rateLimits, redisUrl } as AppConfig;
    const shared = new SharedWindows(config);
    started.push(shared);
    await shared.onModuleInit();
    return new RateLimits(config, new RateWindows(new RequestWindows(new FixedClock()), shared));
  };
  afterEach(() => started.splice(0).forEach((each) => each.onApplicationShutdown()));

  it('count what all of them are asked', async () => {
    const [one, two] = await Promise.all([1, 2].map(() => replica(process.env['REDIS_TEST_URL']!)));
    const user = randomUUID();
    const left: number[] = [];
    for (const each of [one!, two!, one!, two!]) left.push((await each.ofCaller(user)).remaining);
    expect(left).toEqual([2, 1, 0, -1]);
  });

  it('hold in each of them while Redis is away', async () => {
    const alone = await replica('redis://127.0.0.1:1');
    const left: number[] = [];
    for (let n = 0; n < 4; n++) left.push((await alone.ofCaller('ada')).remaining);
    expect(left).toEqual([2, 1, 0, -1]);
  });
});

describe('the network of an address', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
