import { setTimeout as delay } from 'node:timers/promises';
import { Distribution, type HostedModule, Runtime } from '@aitbc/modulith';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { AppConfig } from '../config/config.js';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** Not ok, but no reason to stop routing requests to this process. */
  readonly degraded?: boolean;
  readonly detail?: string;
}

type Check = () => Promise<Omit<CheckResult, 'name'>>;

const CHECK_TIMEOUT_MS = 2_000;
/** An older outbox backlog means that consumers do not keep up. */
const OUTBOX_MAX_AGE_MS = 60_000;

/** The conditions for accepting requests. Modules add their own checks. */
@Injectable()
export class Readiness implements OnModuleDestroy {
  private readonly checks = new Map<string, Check>();
  private isEnding = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly distribution: Distribution,
    private readonly config: AppConfig,
  ) {}

  /** Reports shutdown first, and gives load balancers time to route requests elsewhere. */
  async onModuleDestroy(): Promise<void> {
    this.isEnding = true;
    await delay(this.config.shutdownDelayMs);
  }

  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  async report(): Promise<{ status: 'ready' | 'degraded' | 'not_ready'; checks: CheckResult[] }> {
    const all = [...this.kernelChecks(), ...this.checks];
    const checks = await Promise.all(all.map(([name, check]) => run(name, check)));
    const broken = checks.filter((each) => !each.ok);
    if (broken.length === 0) return { status: 'ready', checks };
    return { status: broken.every((each) => each.degraded) ? 'degraded' : 'not_ready', checks };
  }

  private *kernelChecks(): Generator<[string, Check]> {
    if (this.isEnding) yield ['process', async () => ({ ok: false, detail: 'it is shutting down' })];
    yield* this.distributionChecks();
    for (const { name, database, outbox } of this.runtime.hostedModules()) {
      if (!outbox) continue;
      yield [`${name}.database`, () => readsAndWrites(database)];
      yield [
        `${name}.outbox`,
        async () => {
          const { depth, oldest } = await outbox.backlog();
          const age = oldest ? Date.now() - oldest.getTime() : 0;
          return {
            ok: age < OUTBOX_MAX_AGE_MS,
            degraded: age >= OUTBOX_MAX_AGE_MS,
            detail: `${depth} waiting, oldest ${Math.round(age / 1_000)} s`,
          };
        },
      ];
    }
  }

  /** Local modules keep working without the other processes, as far as they do not depend on them. */
  private *distributionChecks(): Generator<[string, Check]> {
    const { connection } = this.distribution;
    if (!connection) return;
    const ok = connection.link.isConnected;
    yield ['redis', async () => ({ ok, degraded: !ok, detail: ok ? 'connected' : 'away' })];
    for (const { module } of this.runtime.registry.contracts) {
      if (this.runtime.hosts(module)) continue;
      const replicas = this.distribution.hosting(module).length;
      const detail = replicas === 0 ? 'no running process hosts it' : `${replicas} elsewhere`;
      yield [`${module}.replicas`, async () => ({ ok: replicas > 0, degraded: replicas === 0, detail })];
    }
  }
}

/** A standby after a failover, or a database with a full disk, can read but is of no use. */
async function readsAndWrites(database: HostedModule['database']): Promise<Omit<CheckResult, 'name'>> {
  await database.read('SELECT 1');
  try {
    await database.assertWritable();
    return { ok: true };
  } catch (error) {
    return { ok: false, detail: `takes no writes: ${(error as Error).message}` };
  }
}

async function run(name: string, check: Check): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS);
  });
  try {
    return { name, ...(await Promise.race([check(), late])) };
  } catch (error) {
    return { name, ok: false, detail: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
}
