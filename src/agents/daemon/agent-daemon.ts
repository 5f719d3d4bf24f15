import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { publicKeyOf } from '../receipts/agent-signature.js';
import { Cancelled } from './execution.js';
import { perform, type Executors } from './perform.js';
import { defaultBackoff, persistently, type Backoff } from './persistently.js';
import { PlatformRefused, type PlatformClient } from './platform-client.js';
import type { Assignment, Me } from './protocol.js';
import type { Work, WorkStore } from './work-store.js';

export interface DaemonParts {
  platform: PlatformClient;
  store: WorkStore;
  key: KeyObject;
  executors: Executors;
  log: (line: string) => void;
  heartbeatMs?: number;
  backoff?: Backoff;
}

/** The agent cannot work until a person intervenes. */
export class AgentStopped extends Error {
  constructor(
    readonly exitCode: number,
    message: string,
  ) {
    super(message);
  }
}

interface Running {
  work: Work;
  cancelling: AbortController;
  done: Promise<void>;
}

/** Takes jobs from the platform, executes them and submits the outcomes, until stopped. */
export class AgentDaemon {
  private readonly running = new Map<string, Running>();
  private readonly leaving = new AbortController();
  private readonly dropping = new AbortController();
  private readonly left = new Promise<void>((resolve) => {
    this.leaving.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  private fatal: unknown;
  private me: Me;

  constructor(private readonly parts: DaemonParts) {}

  /** @throws AgentStopped if the token or key is refused */
  async run(): Promise<void> {
    try {
      await this.introduce();
      for (const work of await this.parts.store.list()) this.start(work);
      await Promise.all([this.beat(), this.takeJobs()]);
    } catch (error) {
      if (!this.leaving.signal.aborted) this.fail(error);
    }
    await Promise.all([...this.running.values()].map(({ done }) => done));
    if (this.fatal) throw asStop(this.fatal);
  }

  /** Takes no more jobs and ends after the running ones or after the grace time; the next start resumes the rest. */
  stop(graceMs = 10_000): void {
    if (this.leaving.signal.aborted) return;
    this.leaving.abort();
    setTimeout(() => this.dropping.abort(), graceMs).unref();
  }

  private async introduce(): Promise<void> {
    const { platform, key, log } = this.parts;
    const { signal } = this.leaving;
    const publicKey = publicKeyOf(key);
    this.me = await this.persist(() => platform.me(signal));
    if (this.me.publicKey === null) this.me = await this.persist(() => platform.setKey(this.me.id, publicKey, signal));
    if (this.me.publicKey !== publicKey) {
      throw new AgentStopped(
        3,
        `The platform knows another key for agent ${this.me.id}. Give the daemon the AITBC_AGENT_HOME that it was ` +
          `first started with, or let the owner replace the key by ${publicKey}.`,
      );
    }
    log(`agent ${this.me.name} (${this.me.id}) is ready, ${this.me.concurrency} at a time`);
  }

  private async takeJobs(): Promise<void> {
    const { platform, store, log } = this.parts;
    const { signal } = this.leaving;
    while (!signal.aborted) {
      if (this.running.size >= this.me.concurrency) {
        await Promise.race([this.left, ...[...this.running.values()].map(({ done }) => done)]);
        continue;
      }
      const assignment = await this.persist(() => platform.nextJob(this.me.id, signal));
      if (!assignment) continue;
      await store.save({ assignment });
      log(`job ${assignment.jobId}: taken, attempt ${assignment.attempt}`);
      this.start({ assignment });
      // Reports at once that the job runs; the answer also tells whether it is still wanted.
      void this.sendHeartbeat().catch((error: unknown) => this.fail(error));
    }
  }

  private start(work: Work): void {
    const name = nameOf(work.assignment);
    if (this.running.has(name)) return;
    const cancelling = new AbortController();
    const done = this.finish(work, cancelling.signal)
      .catch((error: unknown) => this.fail(error))
      .finally(() => this.running.delete(name));
    this.running.set(name, { work, cancelling, done });
  }

  private async finish(work: Work, cancelled: AbortSignal): Promise<void> {
    const { store, executors, key, log } = this.parts;
    const { assignment } = work;
    try {
      if (!work.outcome) {
        work.outcome = await perform(assignment, executors, key, AbortSignal.any([cancelled, this.dropping.signal]));
        await store.save(work);
      }
      await this.upload(work);
    } catch (error) {
      if (this.dropping.signal.aborted) return log(`job ${assignment.jobId}: left for the next start`);
      if (!(error instanceof Cancelled)) throw error;
      log(`job ${assignment.jobId}: taken back by the platform`);
    }
    await store.remove(assignment);
  }

  private async upload({ assignment, outcome }: Work): Promise<void> {
    const { platform, log } = this.parts;
    const { jobId } = assignment;
    const { signal } = this.dropping;
    try {
      await this.persist(() => platform.submit(assignment, outcome!, signal), signal);
      log(`job ${jobId}: ${outcome!.status}${outcome!.status === 'failed' ? `, ${outcome!.code}` : ''}`);
    } catch (error) {
      if (!(error instanceof PlatformRefused) || error.unauthenticated) throw error;
      log(`job ${jobId}: the platform does not want the outcome any more: ${error.message}`);
    }
  }

  private async beat(): Promise<void> {
    const { signal } = this.leaving;
    while (!signal.aborted) {
      await this.sendHeartbeat();
      // Aborted when the daemon stops.
      await sleep(this.parts.heartbeatMs ?? 15_000, undefined, { signal }).catch(() => undefined);
    }
  }

  private async sendHeartbeat(): Promise<void> {
    const attempts = [...this.running.values()].map(({ work: { assignment } }) => ({
      jobId: assignment.jobId,
      attempt: assignment.attempt,
    }));
    const { signal } = this.dropping;
    const released = await this.persist(() => this.parts.platform.heartbeat(this.me.id, attempts, signal), signal);
    for (const attempt of released) this.running.get(nameOf(attempt))?.cancelling.abort(new Cancelled());
  }

  private persist<Answer>(request: () => Promise<Answer>, signal = this.leaving.signal): Promise<Answer> {
    const { backoff = defaultBackoff, log } = this.parts;
    return persistently(request, { signal, backoff, onAway: (why) => log(`the platform is away: ${why}`) });
  }

  /** Ends the main loop after an error outside it. */
  private fail(error: unknown): void {
    if (this.dropping.signal.aborted) return;
    this.fatal ??= error;
    this.stop(0);
  }
}

const nameOf = ({ jobId, attempt }: Pick<Assignment, 'jobId' | 'attempt'>) => `${jobId}-${attempt}`;

function asStop(error: unknown): unknown {
  if (!(error instanceof PlatformRefused)) return error;
  if (!error.unauthenticated) {
    return new AgentStopped(2, `The platform refused: ${error.message}. Is AITBC_API_URL the address of its API?`);
  }
  return new AgentStopped(
    2,
    `The platform does not accept AITBC_AGENT_TOKEN: ${error.message}. It is the token that POST /v1/agents returned.`,
  );
}
