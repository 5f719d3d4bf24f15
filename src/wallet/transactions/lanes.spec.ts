import { Lanes } from './lanes.js';

describe('lanes', () => {
  it('run what belongs to one account in order, one at a time, and other accounts meanwhile', async () => {
    const lanes = new Lanes();
    const running = new Map<string, number>();
    const order: string[] = [];
    let most = 0;
    const work = (account: string, number: number) =>
      lanes.run(account, async () => {
        running.set(account, (running.get(account) ?? 0) + 1);
        expect(running.get(account)).toBe(1);
        most = Math.max(
          most,
          [...running.values()].reduce((sum, each) => sum + each, 0),
        );
        await new Promise((resolve) => setTimeout(resolve, 2));
        running.set(account, 0);
        order.push(`${account}${number}`);
        if (number === 1) throw new Error('failed');
      });
    await Promise.allSettled([0, 1, 2].flatMap((number) => [work('a', number), work('b', number)]));
    expect(order.filter((each) => each.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
    expect(order.filter((each) => each.startsWith('b'))).toEqual(['b0', 'b1', 'b2']);
    expect(most).toBe(2);
  });
});
