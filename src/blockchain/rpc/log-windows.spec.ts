import { type BlockRange, lookThrough } from './log-windows.js';

describe('looking through many blocks', () => {
  async function look(range: BlockRange, msOfBlock: number, windows: BlockRange[]): Promise<void> {
    let now = 0;
    const read = async (window: BlockRange): Promise<void> => {
      windows.push(window);
      now += (window.last - window.first + 1) * msOfBlock;
    };
    await lookThrough(range, read, () => now);
  }

  it('leaves no block out and takes few steps where it is quick', async () => {
    const windows: BlockRange[] = [];
    await look({ first: 5, last: 1_000_000 }, 0, windows);
    expect(windows[0]!.first).toBe(5);
    expect(windows.at(-1)!.last).toBe(1_000_000);
    windows.slice(1).forEach(({ first }, index) => expect(first).toBe(windows[index]!.last + 1));
    expect(windows.length).toBeLessThan(10);
  });

  it('ends after its time with an error that says how far it came, and in small steps until then', async () => {
    const windows: BlockRange[] = [];
    await expect(look({ first: 0, last: 1_000_000 }, 1, windows)).rejects.toMatchObject({
      code: -32005,
      message: expect.stringMatching(/narrow the block range/),
    });
    expect(windows.at(-1)!.last).toBeLessThan(7_000);
    expect(windows.slice(1).every(({ first, last }) => last - first < 1_000)).toBe(true);
  });
});
