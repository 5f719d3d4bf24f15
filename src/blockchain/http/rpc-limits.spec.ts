import { runInRequest } from '@aitbc/modulith';
import { type AppConfig, FixedClock, RateWindows, RequestWindows, SharedWindows } from '@aitbc/platform';
import { RpcLimits } from './rpc-limits.js';

const config = { rateLimits: { rpcPoints: 100 } } as AppConfig;

describe('the limits of JSON-RPC', () => {
  const clock = new FixedClock();
  let limits: RpcLimits;
  beforeEach(() => {
    limits = new RpcLimits(config, new RateWindows(new RequestWindows(clock), new SharedWindows(config)));
  });

  const signedIn = <T>(subject: string, work: () => Promise<T>) =>
    runInRequest({ principal: { subject, roles: ['user'], scopes: [] } }, work);

  it('admit what weighs no more than is left in the minute', async () => {
    expect(await limits.take('192.0.2.1', 100)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
    clock.advance(20_000);
    expect(await limits.take('192.0.2.1', 1)).toEqual({ limit: 'rpc', most: 100, remaining: -1, resetSeconds: 40 });
    clock.advance(40_000);
    expect(await limits.take('192.0.2.1', 1)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
  });

  it('take one point for what they refuse, so that less may be asked for', async () => {
    expect(await limits.take('192.0.2.1', 2_000)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left < 0),
    });
    expect(await limits.take('192.0.2.1', 99)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
    expect(await limits.take('192.0.2.1', 1)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left < 0),
    });
  });

  it('are apart for each network and each user', async () => {
    await limits.take('2001:db8:1:2::1', 100);
    expect(await limits.take('2001:db8:1:2:ffff::9', 1)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left < 0),
    });
    expect(await limits.take('2001:db8:1:3::1', 1)).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
    expect(await signedIn('ada', () => limits.take('2001:db8:1:2::1', 100))).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
    expect(await signedIn('ada', () => limits.take('192.0.2.7', 1))).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left < 0),
    });
    expect(await signedIn('grace', () => limits.take('192.0.2.7', 1))).toMatchObject({
      remaining: expect.toSatisfy((left: number) => left >= 0),
    });
  });
});
