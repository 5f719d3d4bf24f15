import { DeadlineExceeded, runInRequest, TooManyAtOnce } from '@aitbc/modulith';
import { PasswordWork } from './password-work.js';

describe('work on passwords', () => {
  const work = () => new PasswordWork({ atOnce: 1, waiting: 6, perCaller: 3, milliseconds: 2_000 });
  const as = (subject: string, deadlineMs?: number) => ({
    principal: { subject, roles: ['user'], scopes: [] },
    deadlineMs,
  });
  const outcomeOf = (done: Promise<unknown>) =>
    done.then(
      () => 'done',
      (error: unknown) => error,
    );

  it('of one user is bounded, and does not keep others waiting', async () => {
    const queue = work();
    const order: string[] = [];
    const ask = (user: string) =>
      outcomeOf(
        runInRequest(as(user), () =>
          queue.run('hash', async () => {
            await new Promise((resolve) => setTimeout(resolve, 5));
            order.push(user);
          }),
        ),
      );
    const greedy = Array.from({ length: 20 }, () => ask('greedy'));
    const other = ask('other');
    const outcomes = await Promise.all(greedy);
    expect(outcomes.filter((each) => each === 'done')).toHaveLength(4);
    expect(outcomes.at(-1)).toBeInstanceOf(TooManyAtOnce);
    // Three, or four with the other's, wait for two seconds each.
    expect([6, 8]).toContain((outcomes.at(-1) as TooManyAtOnce).details.retryAfterSeconds);
    expect(await other).toBe('done');
    expect(order.indexOf('other')).toBeLessThanOrEqual(1);
  });

  it('is not begun for somebody who no longer waits', async () => {
    const queue = work();
    let begun = 0;
    const slow = queue.run('hash', () => new Promise((resolve) => setTimeout(resolve, 60)));
    const late = outcomeOf(runInRequest(as('ada', 20), () => queue.run('hash', async () => void (begun += 1))));
    await slow;
    expect(await late).toBeInstanceOf(DeadlineExceeded);
    expect(begun).toBe(0);
  });
});
