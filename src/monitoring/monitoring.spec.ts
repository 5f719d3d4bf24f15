import type { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { context } from '@opentelemetry/api';
import { isTracingSuppressed } from '@opentelemetry/core';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { AgentsSummaryView, GetAgentsSummary } from '../agents/contract/index.js';
import { Gauge, register } from 'prom-client';
import { GetOverview, GetTrace, ListModules, OverviewView, TraceView } from './contract/index.js';
import { OverviewSnapshot } from './overview/overview-snapshot.js';
import { forgetOtherMetrics, type Monitoring, startMonitoring } from './testing/start-monitoring.js';

describe('monitoring', () => {
  let monitoring: Monitoring;
  let app: Scenario;
  let asked = 0;
  let isTraced = false;

  beforeAll(async () => {
    forgetOtherMetrics();
    monitoring = await startMonitoring();
    ({ app } = monitoring);
    app.stub(GetAgentsSummary, () => {
      asked += 1;
      isTraced ||= !isTracingSuppressed(context.active());
      return AgentsSummaryView.of({ agents: 2, agentsOnline: 1, jobsByStatus: { queued: 3 } });
    });
    await app.get(OverviewSnapshot).refresh();
  });
  afterAll(() => monitoring?.close());

  it('when modules do not answer, shows the others and names them', async () => {
    const overview = await app.ask<OverviewView>(GetOverview.of({}));
    expect(overview.generatedAt).toEqual(monitoring.clock.now());
    expect(overview.summaries['agents']).toMatchObject({ agentsOnline: 1, jobsByStatus: { queued: 3 } });
    expect(overview.unavailable).toEqual(['blockchain', 'gateway', 'marketplace', 'wallet']);
    expect(overview.problems).toContainEqual(expect.objectContaining({ kind: 'module_absent', module: 'wallet' }));
  });

  it('answers from what it last knew, asking nobody, and says how old that is', async () => {
    const before = asked;
    for (let times = 0; times < 20; times++) await app.ask(GetOverview.of({}));
    expect(asked).toBe(before);
    monitoring.clock.advance(1_500);
    expect((await app.ask<OverviewView>(GetOverview.of({}))).ageSeconds).toBe(1.5);
    // That started a newer one, for later callers.
    await vi.waitFor(async () => expect((await app.ask<OverviewView>(GetOverview.of({}))).ageSeconds).toBe(0));
    expect(asked).toBe(before + 1);
  });

  it('makes it in no trace', () => {
    expect([asked > 0, isTraced]).toEqual([true, false]);
  });

  it('shows the last hour of the key series, with gaps where nothing is known', async () => {
    const online = new Gauge({ name: 'aitbc_agents_online', help: 'Agents' });
    online.set(4);
    await monitoring.tick(60_000);
    online.set(6);
    await monitoring.tick(120_000);
    register.removeSingleMetric('aitbc_agents_online');
    const { series } = await app.get(OverviewSnapshot).refresh();
    const line = series.find(({ name }) => name === 'agents_online')!;
    expect(line).toMatchObject({ unit: 'count', value: 6 });
    expect(line.points).toHaveLength(61);
    expect(line.points.slice(-4)).toEqual([null, 4, null, 6]);
    expect(series.find(({ name }) => name === 'chain_head_age_seconds')).toMatchObject({ value: null });
  });

  it('lists every module of the system, hosted here or not', async () => {
    const modules = await app.ask<{ name: string; hosted: boolean; subscribes: string[] }[]>(ListModules.of({}));
    expect(modules.filter((each) => each.hosted).map((each) => each.name)).toEqual(['monitoring']);
    expect(modules.find((each) => each.name === 'wallet')?.subscribes).toContain('blockchain.BlockCommitted (durable)');
  });

  it('shows a trace span by span', async () => {
    const span = new BasicTracerProvider({ spanProcessors: [monitoring.traces] })
      .getTracer('test')
      .startSpan('something');
    span.end();
    const { traceId } = span.spanContext();
    const view = await app.ask<TraceView>(GetTrace.of({ traceId }));
    expect(view.spans).toMatchObject([{ name: 'something', failed: false }]);
    expect(view.spans[0]?.startedAt).toBeInstanceOf(Date);
  });

  it('when a trace is unknown, says so; when its id is none, names the field', async () => {
    await expect(app.ask(GetTrace.of({ traceId: 'a'.repeat(32) }))).rejects.toMatchObject({
      code: 'monitoring.trace_not_found',
    });
    await expect(app.ask(GetTrace.of({ traceId: 'x' }))).rejects.toMatchObject({
      details: { errors: [{ field: 'traceId' }] },
    });
  });
});
