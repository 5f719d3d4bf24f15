import { Counter, Gauge, Registry } from 'prom-client';
import { readMetrics } from './metric-reading.js';

describe('what is read of the metrics', () => {
  const registers = [new Registry()];
  new Gauge({ name: 'sound', help: '-', registers }).set(3);
  new Gauge({ name: 'broken', help: '-', registers, collect: () => Promise.reject(new Error('its database is away')) });
  new Counter({ name: 'never_moved_total', help: '-', labelNames: ['of'], registers });

  it('when one of them cannot be read, is nothing for that one and the others all the same', async () => {
    const readings = ['sound', 'broken', 'absent'].map((metric) => ({ metric }));
    expect(await readMetrics(readings, registers[0])).toEqual([[{ labels: [], value: 3 }], [], []]);
  });

  it('of a counter that never moved is zero', async () => {
    const [sums] = await readMetrics([{ metric: 'never_moved_total', isCounter: true }], registers[0]);
    expect(sums).toEqual([{ labels: [], value: 0 }]);
  });
});
