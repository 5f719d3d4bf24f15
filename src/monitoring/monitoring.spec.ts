import type { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { AgentsSummaryView, GetAgentsSummary } from '../agents/contract/index.js';
import { GetOverview, GetTrace, ListModules, OverviewView, TraceView } from './contract/index.js';
import { type Monitoring, startMonitoring } from './testing/start-monitoring.js';

describe('monitoring', () => {
  let monitoring: Monitoring;
  let app: Scenario;

  beforeAll(async () => {
    monitoring = await startMonitoring();
    ({ app } = monitoring);
    app.stub(GetAgentsSummary, () => AgentsSummaryView.of({ agents: 2, agentsOnline: 1, jobsByStatus: { queued: 3 } }));
  });
  afterAll(() => monitoring?.close());

  it('when modules do not answer, shows the others and names them', async () => {
    const overview = await app.ask<OverviewView>(GetOverview.of({}));
    expect(overview.generatedAt).toEqual(monitoring.clock.now());
    expect(overview.summaries['agents']).toMatchObject({ agentsOnline: 1, jobsByStatus: { queued: 3 } });
    expect(overview.unavailable).toEqual(['blockchain', 'gateway', 'marketplace', 'wallet']);
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
