import type { AppConfig } from '@aitbc/platform';
import { FixedClock, networkOf } from '@aitbc/platform';
import { RateLimited } from '../contract/index.js';
import { RateLimits } from './rate-limits.js';

const config = { rateLimits: { perUser: 3, perAddress: 2, perAddressLogin: 1 } } as AppConfig;

describe('the limits', () => {
  const clock = new FixedClock();
  let limits: RateLimits;
  beforeEach(() => {
    limits = new RateLimits(config, clock);
  });

  const refusal = (work: () => void): RateLimited | undefined => {
    try {
      work();
      return undefined;
    } catch (error) {
      return error as RateLimited;
    }
  };

  it('admit a caller as often in a minute as configured, and say when the minute is over', () => {
    for (let n = 0; n < 3; n++) limits.admitCaller('ada');
    clock.advance(20_000);
    expect(refusal(() => limits.admitCaller('ada'))).toMatchObject({
      code: 'gateway.rate_limited',
      details: { limit: 'perUser', retryAfterSeconds: 40 },
    });
    clock.advance(40_000);
    expect(refusal(() => limits.admitCaller('ada'))).toBeUndefined();
  });

  it('are apart for each caller, each address and signing in', () => {
    for (let n = 0; n < 3; n++) limits.admitCaller('ada');
    expect(refusal(() => limits.admitCaller('grace'))).toBeUndefined();
    limits.admitAddress('192.0.2.1');
    expect(refusal(() => limits.admitSignIn('192.0.2.1'))).toBeUndefined();
    expect(refusal(() => limits.admitSignIn('192.0.2.1'))).toBeInstanceOf(RateLimited);
    expect(refusal(() => limits.admitAddress('192.0.2.1'))).toBeUndefined();
  });

  it('count a whole IPv6 network as one caller', () => {
    limits.admitAddress('2001:db8:1:2::1');
    limits.admitAddress('2001:db8:1:2:ffff::9');
    expect(refusal(() => limits.admitAddress('2001:db8:1:2:a:b:c:d'))).toBeInstanceOf(RateLimited);
    expect(refusal(() => limits.admitAddress('2001:db8:1:3::1'))).toBeUndefined();
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
