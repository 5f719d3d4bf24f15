import { UnitOfWork } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { FixedClock } from '@aitbc/platform';
import { Logger } from '@nestjs/common';
import { Counter, Gauge, register } from 'prom-client';
import { type Monitoring, startMonitoring } from '../testing/start-monitoring.js';
import { Points } from './points.js';
import { resolutionNamed } from './resolutions.js';

const MINUTE = 60_000;

describeEachDatabase('the series of the system', (url) => {
  const clock = new FixedClock(new Date('2026-01-01T00:00:00.000Z'));
  let online: Gauge;
  let refused: Counter;
  let monitoring: Monitoring;

  beforeAll(async () => {
    online = new Gauge({ name: 'aitbc_agents_online', help: 'Agents' });
    refused = new Counter({ name: 'aitbc_failed_sign_ins_total', help: 'Sign-ins' });
    monitoring = await startMonitoring({ databaseUrl: url(), clock });
  });
  afterAll(async () => {
    await monitoring?.close();
    register.removeSingleMetric('aitbc_agents_online');
    register.removeSingleMetric('aitbc_failed_sign_ins_total');
  });

  const values = (name: string, milliseconds = 120 * MINUTE) =>
    monitoring.series.window(name, milliseconds).map(({ value }) => value);

  it('are in memory, newest last, after each collection', async () => {
    for (const count of [1, 2, 6]) {
      online.set(count);
      refused.inc(5);
      await monitoring.tick();
    }
    expect(values('agents_online')).toEqual([1, 2, 6]);
    expect(values('agents_online', 20_000)).toEqual([2, 6]);
    expect(values('failed_logins_per_minute')).toEqual([30, 30]);
  });

  it('when nobody exports one, it has no values', () => {
    expect(values('chain_head_age_seconds')).toEqual([]);
    expect(values('breakers_open')).toEqual([0, 0, 0]);
  });

  it('are kept in coarser points as well, with least, most and mean', async () => {
    const points = monitoring.app.get(Points);
    const from = new Date('2026-01-01T00:00:00.000Z');
    for (const resolution of ['1m', '15m', '6h'] as const) {
      expect(await points.between('agents_online', resolutionNamed(resolution), from, clock.now())).toMatchObject([
        { at: from, lowest: 1, highest: 6, total: 9, weight: 3 },
      ]);
    }
  });

  it('tell those who wait for a collection, one of them failing or not', async () => {
    const told: Date[] = [];
    const failed = vi.spyOn(Logger.prototype, 'error').mockReturnValue();
    monitoring.series.onCollected(async () => {
      if (told.length === 0) throw new Error('broken');
    });
    monitoring.series.onCollected(async (now) => void told.push(now));
    await monitoring.tick();
    expect(told).toEqual([clock.now()]);
    expect(failed).toHaveBeenCalledOnce();
    failed.mockRestore();
  });

  it('when the clock is set back, go on from there, each point once', async () => {
    online.set(8);
    await monitoring.tick(-20_000);
    await monitoring.tick();
    expect(values('agents_online')).toEqual([1, 8, 8]);
    const points = await monitoring.app
      .get(Points)
      .between('agents_online', resolutionNamed('1m'), new Date(0), clock.now());
    // The point of the fourth collection lies in the future now, and stays.
    expect(points).toMatchObject([{ highest: 8, weight: 4 }]);
  });

  it('are read back by the replica that takes over', async () => {
    const before = values('agents_online');
    await monitoring.close();
    monitoring = await startMonitoring({ databaseUrl: url(), clock });
    expect(values('agents_online')).toEqual([]);
    await monitoring.tick();
    expect(values('agents_online')).toEqual([...before, 8]);
  });

  it('forget each resolution in its time', async () => {
    clock.advance(3 * 60 * MINUTE);
    const points = monitoring.app.get(Points);
    await monitoring.app.get(UnitOfWork).run(() => points.forget(clock.now()));
    expect(await points.between('agents_online', resolutionNamed('10s'), new Date(0), clock.now())).toEqual([]);
    expect(await points.between('agents_online', resolutionNamed('1m'), new Date(0), clock.now())).toHaveLength(1);
  });
});
