import { fewAtOnce } from './few-at-once.js';

describe('a few at once', () => {
  it('never runs more than the limit, and all of them, also after failures', async () => {
    const limited = fewAtOnce(2);
    let running = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 9 }, (_, at) =>
        limited(async () => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, 2));
          running -= 1;
          if (at % 3 === 0) throw new Error('failed');
          return at;
        }),
      ),
    );
    expect(most).toBe(2);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6);
  });
});
