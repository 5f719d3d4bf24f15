import { UnitOfWork } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { FixedClock } from '@aitbc/platform';
import { Logger } from '@nestjs/common';
import { getRepositoryToken } from '@nestjs/typeorm';
import { Counter, Gauge, Histogram, register } from 'prom-client';
import type { Repository } from 'typeorm';
import {
  GetSeries,
  GetServiceLevels,
  ListSeries,
  type SeriesInfoView,
  type SeriesView,
  type ServiceLevelView,
} from '../contract/index.js';
import { forgetOtherMetrics, type Monitoring, startMonitoring } from '../testing/start-monitoring.js';
import { measureOf } from './measure.js';
import { Point } from './point.entity.js';
import { Points } from './points.js';
import { resolutionNamed } from './resolutions.js';

const MINUTE = 60_000;

describeEachDatabase('the series of the system', (url) => {
  const clock = new FixedClock(new Date('2026-01-01T00:00:00.000Z'));
  let online: Gauge;
  let refused: Counter;
  let monitoring: Monitoring;

  beforeAll(async () => {
    forgetOtherMetrics();
    monitoring = await startMonitoring({ databaseUrl: url(), clock });
    online = new Gauge({ name: 'aitbc_agents_online', help: 'Agents' });
    refused = new Counter({ name: 'aitbc_failed_sign_ins_total', help: 'Sign-ins' });
  });
  afterAll(async () => {
    await monitoring?.close();
    register.removeSingleMetric('aitbc_agents_online');
    register.removeSingleMetric('aitbc_failed_sign_ins_total');
  });

  const values = (name: string, milliseconds = 120 * MINUTE) =>
    monitoring.series.window(name, milliseconds, clock.now()).map(({ value }) => value);

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

  it('are brought up to date through the key, not by looking through all that is kept', async () => {
    const { connection } = monitoring.app.get<Repository<Point>>(
      getRepositoryToken(Point, 'monitoring') as string,
    ).manager;
    // Postgres plans by table statistics, and the tables are almost empty here.
    if (connection.options.type === 'postgres') return;
    const asked = vi.spyOn(connection.logger, 'logQuery');
    await monitoring.app
      .get(UnitOfWork)
      .run(() => monitoring.app.get(Points).add(new Map([['process_count', measureOf(1, 1)!]]), clock.now()));
    const rolledUp = asked.mock.calls.filter(([sql]) => sql.includes('GROUP BY series'));
    asked.mockRestore();
    expect(rolledUp).toHaveLength(3);
    for (const [sql, parameters] of rolledUp) {
      const plan = await connection.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
      expect(plan.map(({ detail }) => detail).join('\n')).toMatch(
        /\(resolution=\? AND series=\? AND at>\? AND at<\?\)/,
      );
    }
  });

  const ask = (fields: Partial<GetSeries>) =>
    monitoring.app.ask<SeriesView>(GetSeries.of({ name: 'agents_online', ...fields }));

  it('are shown over a time, at a resolution that fits', async () => {
    const view = await ask({});
    expect(view).toMatchObject({ name: 'agents_online', unit: 'count', resolution: '10s', to: clock.now() });
    expect(view.points.map(({ avg }) => avg)).toEqual([1, 2, 6]);
    const month = await ask({ from: new Date(clock.now().getTime() - 20 * 24 * 60 * MINUTE) });
    expect(month).toMatchObject({ resolution: '6h', points: [{ min: 1, max: 6, avg: 3 }] });
    expect(await ask({ resolution: '15m' })).toMatchObject({ points: [{ min: 1, max: 6, avg: 3 }] });
    const catalogue = await monitoring.app.ask<SeriesInfoView[]>(ListSeries.of({}));
    expect(catalogue).toContainEqual(
      expect.objectContaining({ name: 'agents_online', promql: 'max(aitbc_agents_online)' }),
    );
  });

  it('when there is none of that name, or the time is none, say what is wrong', async () => {
    const field = (name: string) =>
      expect.objectContaining({ details: { errors: [expect.objectContaining({ field: name })] } });
    const now = clock.now();
    await expect(ask({ name: 'nothing' })).rejects.toMatchObject({ code: 'monitoring.series_unknown' });
    await expect(ask({ from: now, to: now })).rejects.toEqual(field('from'));
    await expect(ask({ from: new Date('nonsense') })).rejects.toEqual(field('from'));
    await expect(ask({ resolution: '1s' as never })).rejects.toEqual(field('resolution'));
    expect((await ask({ from: new Date(0) })).resolution).toBe('6h');
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
    // The point of the fourth collection now lies in the future, and stays.
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

  it('of several modules in one process, are the age of the oldest event and the number of all', async () => {
    const set = (metric: string, module: string, value: number) =>
      (register.getSingleMetric(metric) as Gauge).set({ module }, value);
    for (const [module, age] of Object.entries({ wallet: 70, agents: 50 })) {
      set('modulith_outbox_oldest_age_seconds', module, age);
      set('modulith_outbox_depth', module, 2);
    }
    await monitoring.tick();
    expect(values('outbox_oldest_age_seconds', 10_000)).toEqual([70]);
    expect(values('outbox_depth', 10_000)).toEqual([4]);
  });
});

describe('the service levels', () => {
  let requests: Histogram;
  let monitoring: Monitoring;

  beforeAll(async () => {
    forgetOtherMetrics();
    requests = new Histogram({
      name: 'http_server_request_duration_seconds',
      help: 'Requests',
      labelNames: ['http_request_method', 'http_route', 'http_response_status_code', 'error_type'],
      buckets: [0.25, 0.5, 1, 2.5],
    });
    monitoring = await startMonitoring();
  });
  afterAll(async () => {
    await monitoring?.close();
    register.removeSingleMetric('http_server_request_duration_seconds');
  });

  const serve = (times: number, method: string, route: string, status: number, seconds: number, more = {}) => {
    const labels = { http_request_method: method, http_route: route, http_response_status_code: status, ...more };
    for (let at = 0; at < times; at++) requests.observe(labels, seconds);
  };
  const level = async (group: string, kind: string) => {
    const levels = await monitoring.app.ask<ServiceLevelView[]>(GetServiceLevels.of({}));
    return levels.find((each) => each.group === group && each.kind === kind)!;
  };

  it('without requests have nothing attained and all of their budget', async () => {
    expect(await level('write', 'availability')).toMatchObject({
      requests: 0,
      attained: null,
      budgetLeft: 1,
      burnRate1h: null,
    });
  });

  it('count good and bad requests of their own group', async () => {
    await monitoring.tick();
    serve(996, 'POST', '/v1/offers', 201, 0.1);
    // An operator has switched maintenance on.
    serve(2, 'POST', '/v1/offers', 503, 0.1, { error_type: 'gateway.maintenance' });
    serve(1, 'POST', '/v1/offers', 503, 0.1);
    serve(1, 'POST', '/v1/jobs', 201, 2);
    // None of these is a write: a read, a long poll, a probe, an unknown path.
    serve(5, 'GET', '/v1/offers', 500, 9);
    serve(5, 'POST', '/v1/agents/:id/jobs/next', 204, 25);
    serve(5, 'GET', '/health/ready', 503, 2);
    serve(5, 'POST', 'unmatched', 404, 2);
    await monitoring.tick();
    const available = await level('write', 'availability');
    expect(available).toMatchObject({ requests: 1_000, attained: 0.999, objective: 0.999, withinSeconds: null });
    expect(available.budgetLeft).toBeCloseTo(0);
    expect(available.burnRate1h).toBeCloseTo(1);
    const prompt = await level('write', 'latency');
    expect(prompt).toMatchObject({ requests: 1_000, attained: 0.999, withinSeconds: 1 });
    expect(prompt.budgetLeft).toBeCloseTo(0.9);
    expect(await level('read', 'availability')).toMatchObject({ requests: 5, attained: 0 });
  });

  it('remember the 28 days, and see fast what burns the budget now', async () => {
    monitoring.clock.advance(7 * 3_600_000);
    await monitoring.tick();
    serve(10, 'POST', '/v1/offers', 500, 0.1);
    await monitoring.tick();
    const level28 = await level('write', 'availability');
    expect(level28.requests).toBe(1_010);
    expect(level28.budgetLeft).toBeCloseTo(1 - 11 / 1_010 / 0.001);
    expect(level28.burnRate1h).toBeCloseTo(1_000);
    expect(level28.burnRate6h).toBeCloseTo(1_000);
  });
});
