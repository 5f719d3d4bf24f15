import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AppConfig, FixedClock, PlatformModule, ProbesModule, RecentTraces } from '@aitbc/platform';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { register } from 'prom-client';
import { agentsContract, AgentsSummaryView, GetAgentsSummary } from '../agents/contract/index.js';
import { blockchainContract } from '../blockchain/contract/index.js';
import { gatewayContract } from '../gateway/contract/index.js';
import { marketplaceContract } from '../marketplace/contract/index.js';
import { walletContract } from '../wallet/contract/index.js';
import { GetOverview, GetTrace, ListModules, monitoringContract, OverviewView, TraceView } from './contract/index.js';
import { MonitoringModule } from './monitoring.module.js';

describe('monitoring', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'monitoring-'));
  const recent = new RecentTraces();
  const clock = new FixedClock();
  let app: Scenario;

  beforeAll(async () => {
    app = await Scenario.start({
      modules: [MonitoringModule],
      contracts: [
        agentsContract,
        blockchainContract,
        gatewayContract,
        marketplaceContract,
        walletContract,
        monitoringContract,
      ],
      imports: [
        PlatformModule.forRoot(new AppConfig({ NODE_ENV: 'test', DATA_DIR: dataDir }), clock, recent),
        ProbesModule,
      ],
    });
    app.stub(GetAgentsSummary, () => AgentsSummaryView.of({ agents: 2, agentsOnline: 1, jobsByStatus: { queued: 3 } }));
  });
  afterAll(async () => {
    await app?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('when modules do not answer, shows the others and names them', async () => {
    const overview = await app.ask<OverviewView>(GetOverview.of({}));
    expect(overview.generatedAt).toEqual(clock.now());
    expect(overview.summaries['agents']).toMatchObject({ agentsOnline: 1, jobsByStatus: { queued: 3 } });
    expect(overview.unavailable).toEqual(['blockchain', 'gateway', 'marketplace', 'wallet']);
  });

  it('lists every module of the system, hosted here or not', async () => {
    const modules = await app.ask<{ name: string; hosted: boolean; subscribes: string[] }[]>(ListModules.of({}));
    expect(modules.filter((each) => each.hosted).map((each) => each.name)).toEqual(['monitoring']);
    expect(modules.find((each) => each.name === 'wallet')?.subscribes).toContain('blockchain.BlockCommitted (durable)');
  });

  it('shows a trace span by span', async () => {
    const span = new BasicTracerProvider({ spanProcessors: [recent] }).getTracer('test').startSpan('something');
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

  it('exports what modules say of themselves', async () => {
    const metrics = await register.metrics();
    expect(metrics).toContain('aitbc_state{module="agents",value="jobsByStatus",status="queued"} 3');
    expect(metrics).toContain('aitbc_state{module="agents",value="agentsOnline",status=""} 1');
  });
});
