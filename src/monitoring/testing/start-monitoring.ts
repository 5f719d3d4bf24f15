import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AppConfig, FixedClock, PlatformModule, ProbesModule, RecentTraces } from '@aitbc/platform';
import { type MetricObject, register } from 'prom-client';
import { agentsContract } from '../../agents/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import { monitoringContract } from '../contract/index.js';
import { MonitoringModule } from '../monitoring.module.js';
import { OverviewSnapshot } from '../overview/overview-snapshot.js';
import { CollectSeries } from '../series/collect-series.js';
import { Series } from '../series/series.js';

/** Monitoring alone, on a fixed clock; the other modules are stubs of the scenario or absent. */
export interface Monitoring {
  readonly app: Scenario;
  readonly clock: FixedClock;
  readonly traces: RecentTraces;
  readonly series: Series;
  /** Advances ten seconds and collects. */
  tick(milliseconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** Removes metrics left by other tests' applications in this process, which are stopped. */
export function forgetOtherMetrics(): void {
  for (const { name } of register.getMetricsAsArray() as MetricObject[]) {
    if (/^(aitbc|http|modulith_(breaker|calls|replicas|transport))_/.test(name)) register.removeSingleMetric(name);
  }
}

export async function startMonitoring({
  databaseUrl,
  clock = new FixedClock(),
  environment = {},
}: { databaseUrl?: string; clock?: FixedClock; environment?: Record<string, string> } = {}): Promise<Monitoring> {
  const dataDir = mkdtempSync(join(tmpdir(), 'monitoring-'));
  const traces = new RecentTraces();
  const app = await Scenario.start({
    modules: [MonitoringModule],
    databaseUrl,
    contracts: [
      agentsContract,
      blockchainContract,
      gatewayContract,
      marketplaceContract,
      walletContract,
      monitoringContract,
    ],
    imports: [
      PlatformModule.forRoot(new AppConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, ...environment }), clock, traces),
      ProbesModule,
    ],
  });
  // Periodic tasks run only when a test triggers them.
  await app.hosted('monitoring').periodic.stop();
  await app.get(OverviewSnapshot).refresh();
  return {
    app,
    clock,
    traces,
    series: app.get(Series),
    tick: async (milliseconds = 10_000) => {
      clock.advance(milliseconds);
      await app.get(CollectSeries).collect();
    },
    close: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
