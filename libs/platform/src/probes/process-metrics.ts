import { statfs } from 'node:fs/promises';
import { type IntervalHistogram, monitorEventLoopDelay } from 'node:perf_hooks';
import { Runtime } from '@aitbc/modulith';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '../config/config.js';
import { exportGauge } from '../telemetry/export-gauge.js';

const DELAY_OVER_MS = 10_000;
const NANOSECONDS = 1e9;

/** Exports metrics of the process itself: build, event loop, disk, connections. */
@Injectable()
export class ProcessMetrics implements OnModuleInit, OnModuleDestroy {
  private readonly delay: IntervalHistogram = monitorEventLoopDelay();
  private lastDelay = 0;
  private rotation?: NodeJS.Timeout;

  constructor(
    private readonly config: AppConfig,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    const { version, color } = this.config;
    exportGauge({
      name: 'build_info',
      help: '1 for each process, with its release, the deployment that it belongs to, and its Node',
      labels: ['version', 'color', 'node_version'],
      read: () => [[{ version, color, node_version: process.version }, 1]],
    });
    this.exportEventLoop();
    this.exportDisk();
    this.exportDatabases();
  }

  onModuleDestroy(): void {
    clearInterval(this.rotation);
    this.delay.disable();
  }

  /** Not prom-client's own metrics: each scrape resets those, so two scrapers would see half each. */
  private exportEventLoop(): void {
    this.delay.enable();
    this.rotation = setInterval(() => {
      this.lastDelay = this.delay.percentile(99);
      this.delay.reset();
    }, DELAY_OVER_MS).unref();
    exportGauge({
      name: 'nodejs_eventloop_delay_p99_seconds',
      help: '99th percentile of the event loop’s delay, over the last ten to twenty seconds',
      read: () => Math.max(this.lastDelay, this.delay.percentile(99)) / NANOSECONDS,
    });
  }

  private exportDisk(): void {
    const space = async () => {
      const { bavail, blocks, bsize } = await statfs(this.config.dataDir);
      return { free: bavail * bsize, size: blocks * bsize };
    };
    exportGauge({
      name: 'data_disk_free_bytes',
      help: 'Free space on the disk of the data directory',
      read: async () => (await space()).free,
    });
    exportGauge({
      name: 'data_disk_free_ratio',
      help: 'The same as a share of the disk',
      read: async () => {
        const { free, size } = await space();
        return free / size;
      },
    });
  }

  private exportDatabases(): void {
    const pools = () =>
      this.runtime.hostedModules().flatMap(({ name, database }) =>
        (database.dataSource?.poolUse() ?? []).map((use) => ({
          use,
          labels: { pool_name: `${name}.${use.pool}` },
        })),
      );
    exportGauge({
      name: 'db_client_connections_usage',
      help: 'Connections of a module’s pools to Postgres, in use and idle',
      labels: ['pool_name', 'state'],
      read: () =>
        pools().flatMap(({ use, labels }) => [
          [{ ...labels, state: 'used' }, use.inUse] as const,
          [{ ...labels, state: 'idle' }, use.idle] as const,
        ]),
    });
    exportGauge({
      name: 'db_client_connections_max',
      help: 'The most connections that a pool opens',
      labels: ['pool_name'],
      read: () => pools().map(({ use, labels }) => [labels, use.most] as const),
    });
    exportGauge({
      name: 'db_client_connections_pending_requests',
      help: 'Those who wait for a connection of a pool',
      labels: ['pool_name'],
      read: () => pools().map(({ use, labels }) => [labels, use.waiting] as const),
    });
    exportGauge({
      name: 'modulith_inbox_oldest_age_seconds',
      help: 'How long ago the oldest message was handled that a module’s inbox still knows; replicas say the same',
      labels: ['module'],
      read: () =>
        Promise.all(
          this.runtime
            .hostedModules()
            .map(async ({ name, database }) => [{ module: name }, await database.inboxAgeSeconds(Date.now())] as const),
        ),
    });
  }
}
