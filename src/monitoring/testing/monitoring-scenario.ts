import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnitOfWork } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { AppConfig, FixedClock, PlatformModule, ProbesModule } from '@aitbc/platform';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { agentsContract } from '../../agents/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import { monitoringContract } from '../contract/index.js';
import { Feed } from '../feed/feed.js';
import { MonitoringModule } from '../monitoring.module.js';

export const contracts = [
  agentsContract,
  blockchainContract,
  gatewayContract,
  marketplaceContract,
  walletContract,
  monitoringContract,
];

/** Monitoring on a real database, without the modules that it watches. */
export class MonitoringScenario {
  readonly clock = new FixedClock(new Date('2026-05-01T12:00:00.000Z'));
  private readonly directory = mkdtempSync(join(tmpdir(), 'monitoring-'));
  app: Scenario;

  static async start(databaseUrl: string): Promise<MonitoringScenario> {
    const scenario = new MonitoringScenario();
    const config = new AppConfig({ NODE_ENV: 'test', DATA_DIR: scenario.directory });
    scenario.app = await Scenario.start({
      modules: [MonitoringModule],
      contracts,
      imports: [PlatformModule.forRoot(config, scenario.clock), ProbesModule],
      databaseUrl,
    });
    return scenario;
  }

  /** Appends a feed entry in its own unit of work. */
  tell(audience: string, type: string, data: Record<string, unknown> = {}): Promise<void> {
    return this.app.get(UnitOfWork).run(() => this.app.get(Feed).append(audience, type, data));
  }

  /** Changes its database directly. */
  change(sql: string): Promise<void> {
    const database = this.app.get<DataSource>(getDataSourceToken('monitoring') as string);
    return this.app.get(UnitOfWork).run(() => database.query(sql));
  }

  async close(): Promise<void> {
    await this.app?.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
