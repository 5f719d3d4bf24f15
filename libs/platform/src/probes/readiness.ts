import { Runtime } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** Not ok, and yet no reason to take requests away from this process. */
  readonly degraded?: boolean;
  readonly detail?: string;
}

type Check = () => Promise<Omit<CheckResult, 'name'>>;

const CHECK_TIMEOUT_MS = 2_000;
/** Older than this, what waits in an outbox says that its consumers do not keep up. */
const OUTBOX_MAX_AGE_MS = 60_000;

/** What must be in order before this process takes requests. Modules add their own checks. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, Check>();

  constructor(private readonly runtime: Runtime) {}

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
    for (const { name, database, outbox } of this.runtime.hostedModules()) {
      if (!outbox) continue;
      yield [`${name}.database`, () => database.read('SELECT 1').then(() => ({ ok: true }))];
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
