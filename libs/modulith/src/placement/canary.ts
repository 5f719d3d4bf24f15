import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { NoCanary } from '../contract/errors.js';
import type { MessageMetadata } from '../context/metadata.js';
import type { MessageType } from '../contract/registry.js';
import type { ProcessInfo } from '../transport/options.js';
import { quote } from '../unit-of-work/unit.js';
import { Distribution } from './distribution.js';
import { type HostedModule, Runtime } from './runtime.js';

const SETTING = 'canary_share';
const CHANGED = 'canary';
/** The maximum delay of a change whose broadcast is lost. */
const READ_EVERY_MS = 5_000;

/**
 * Sends a share of a module's commands to other processes that host it, although this process hosts it too. Moves a
 * module out, or rolls out a release, gradually. The share is stored with the module and applies to every process.
 */
@Injectable()
export class Canary implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Canary');
  private readonly shares = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly runtime: Runtime,
    private readonly distribution: Distribution,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { connection } = this.distribution;
    if (!connection) return;
    await connection.link.subscribe(CHANGED, () => void this.readAll());
    await this.readAll();
    this.timer = setInterval(() => void this.readAll(), READ_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** The percentage of a hosted module's commands that are sent to other processes. */
  shareOf(module: string): number {
    return this.shares.get(module) ?? 0;
  }

  /**
   * Stores the share for all processes.
   * @param share 0 to 100
   * @throws NoCanary for a module without storage.
   */
  async set(module: string, share: number): Promise<void> {
    const host = this.runtime.module(module);
    if (!host?.outbox) throw new NoCanary(module);
    await host.database.write([
      `INSERT INTO ${host.database.tables.settings} (name, value) VALUES (${quote(SETTING)}, ${quote(String(share))}) ON CONFLICT (name) DO UPDATE SET value = ${quote(String(share))}`,
    ]);
    this.shares.set(module, share);
    this.distribution.connection?.link.publish(CHANGED, '');
  }

  /** The process to send a command of a locally hosted module to; undefined to handle it here. */
  elsewhere(type: MessageType, message: object, metadata: MessageMetadata): ProcessInfo | undefined {
    const share = this.shareOf(type.owner);
    const { canary } = this.runtime.options;
    if (type.kind !== 'command' || (!share && !canary)) return undefined;
    const others = this.distribution.hosting(type.owner).filter(({ id }) => id !== this.distribution.self.id);
    if (others.length === 0) return undefined;
    const { principal } = metadata;
    const stickyKey = stickyKeyOf(type, message, metadata);
    const point = createHash('sha256').update(`${type.owner} ${stickyKey}`).digest().readUInt32BE();
    const goes = canary?.({ module: type.owner, stickyKey, principal }) ?? point % 100 < share;
    return goes ? others[Math.floor(point / 100) % others.length] : undefined;
  }

  private async readAll(): Promise<void> {
    await Promise.all(this.runtime.hostedModules().map((module) => this.read(module)));
  }

  private async read({ name, database, outbox }: HostedModule): Promise<void> {
    if (!outbox) return;
    try {
      const [row] = await database.read<{ value: string }>(
        `SELECT value FROM ${database.tables.settings} WHERE name = ${quote(SETTING)}`,
      );
      this.shares.set(name, Number(row?.value ?? 0));
    } catch (error) {
      // The last known share stays in force.
      this.logger.warn(`The share of "${name}" could not be read: ${String(error)}`);
    }
  }
}

/** The key of sticky routing: the aggregate if the command names one, else the user, else the whole request. */
function stickyKeyOf(type: MessageType, message: object, { principal, correlationId }: MessageMetadata): string {
  const key = type.keyField ? (message as Record<string, unknown>)[type.keyField] : undefined;
  return String(key ?? principal?.subject ?? correlationId);
}
