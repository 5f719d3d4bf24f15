import { RateLimiter } from './rate-limiter.js';

describe('a rate limiter', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('admits each caller within the points of a window, and again in the next', async () => {
    const limiter = new RateLimiter({ points: 10, seconds: 60 });
    expect(await limiter.take('ada', 10)).toEqual({ isAdmitted: true, remaining: 0, resetSeconds: 60 });
    vi.advanceTimersByTime(20_000);
    expect(await limiter.take('ada')).toEqual({ isAdmitted: false, remaining: 0, resetSeconds: 40 });
    expect(await limiter.take('grace', 10)).toMatchObject({ isAdmitted: true });
    vi.advanceTimersByTime(40_001);
    expect(await limiter.take('ada')).toMatchObject({ isAdmitted: true, remaining: 9 });
  });

  it('takes one point for what it refuses, so that less may be asked for', async () => {
    const limiter = new RateLimiter({ points: 10, seconds: 60 });
    expect(await limiter.take('ada', 11)).toMatchObject({ isAdmitted: false, remaining: 9 });
    expect(await limiter.take('ada', 9)).toMatchObject({ isAdmitted: true });
    for (let n = 0; n < 3; n++) expect(await limiter.take('ada')).toMatchObject({ isAdmitted: false });
  });

  it('counts callers past the hundred thousandth together', async () => {
    const limiter = new RateLimiter({ points: 2, seconds: 60 });
    for (let n = 0; n < 100_000; n++) await limiter.take(`caller ${n}`);
    await limiter.take('one more');
    await limiter.take('another');
    expect(await limiter.take('a third')).toMatchObject({ isAdmitted: false });
    expect(await limiter.take('caller 7')).toMatchObject({ isAdmitted: true });
  });
});
