import { SparingRead } from './sparing-read.js';

describe('a sparing read', () => {
  let now = 0;
  let reads = 0;
  const taking = (milliseconds: number) =>
    new SparingRead(
      async () => {
        now += milliseconds;
        return (reads += 1);
      },
      () => now,
    );

  beforeEach(() => {
    now = 0;
    reads = 0;
  });

  it('that is quick is done each time', async () => {
    const quick = taking(5);
    expect([await quick.get(), await quick.get()]).toEqual([1, 2]);
  });

  it('that is slow is kept a hundred times as long as it took', async () => {
    const slow = taking(50);
    expect(await slow.get()).toBe(1);
    now += 4_999;
    expect(await slow.get()).toBe(1);
    now += 1;
    expect(await slow.get()).toBe(2);
  });

  it('is done once for all who ask meanwhile', async () => {
    const slow = taking(50);
    expect(await Promise.all([slow.get(), slow.get(), slow.get()])).toEqual([1, 1, 1]);
  });

  it('that failed is tried again at once', async () => {
    let fails = true;
    const read = new SparingRead(async () => {
      if (fails) throw new Error('away');
      return 'here';
    });
    await expect(read.get()).rejects.toThrow('away');
    fails = false;
    expect(await read.get()).toBe('here');
  });
});
