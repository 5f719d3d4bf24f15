import { Counter, Gauge, Registry } from 'prom-client';
import { readMetrics } from './metric-reading.js';

describe('what is read of the metrics', () => {
  const registers = [new Registry()];
  new Gauge({ name: 'sound', help: '-', registers }).set(3);
  new Gauge({ name: 'broken', help: '-', registers, collect: () => Promise.reject(new Error('its database is away')) });
  const ages = new Gauge({ name: 'age', help: '-', labelNames: ['module', 'of'], registers });
  ages.set({ module: 'wallet', of: 'a' }, 70);
  ages.set({ module: 'wallet', of: 'b' }, 20);
  ages.set({ module: 'agents', of: 'a' }, 50);
  new Counter({ name: 'never_moved_total', help: '-', labelNames: ['of'], registers });

  it('when one of them cannot be read, is nothing for that one and the others all the same', async () => {
    const readings = ['sound', 'broken', 'absent'].map((metric) => ({ metric }));
    expect(await readMetrics(readings, registers[0])).toEqual([[{ labels: [], value: 3 }], [], []]);
  });

  it('is added up, or the highest or lowest of the samples, as it was asked for', async () => {
    const asked = [{}, { combine: 'sum' }, { combine: 'max' }, { combine: 'min' }] as const;
    const read = await readMetrics(
      asked.map((combine) => ({ metric: 'age', ...combine })),
      registers[0],
    );
    expect(read.map(([only]) => only?.value)).toEqual([140, 140, 70, 20]);
    expect(await readMetrics([{ metric: 'age', by: ['module'], combine: 'max' }], registers[0])).toEqual([
      [
        { labels: ['wallet'], value: 70 },
        { labels: ['agents'], value: 50 },
      ],
    ]);
  });

  it('of a counter that never moved is zero', async () => {
    const [sums] = await readMetrics([{ metric: 'never_moved_total', isCounter: true }], registers[0]);
    expect(sums).toEqual([{ labels: [], value: 0 }]);
  });
});
