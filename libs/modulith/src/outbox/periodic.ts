import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { Lease, LeaseLost } from './lease.js';
import { STOP_MS, within } from './relay.js';

interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
  again: boolean;
}

/** A module's recurring work: done by one replica at a time, never overlapping itself. */
export class Periodic implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Periodic');
  private readonly jobs = new Map<string, Job>();
  private readonly lease: Lease;
  private renewal?: NodeJS.Timeout;
  private acquiring?: Promise<void>;
  private stopped = false;

  constructor(private readonly database: ModuleDatabase) {
    this.lease = new Lease(database, 'periodic');
  }

  /** Runs `work` every `everyMs`, first at once, on whichever replica holds the module's lease. */
  every(name: string, options: { everyMs: number }, work: () => Promise<void>): void {
    const job: Job = { name, everyMs: options.everyMs, work, again: false };
    this.jobs.set(name, job);
    if (this.acquiring) this.schedule(job, 0);
    else this.acquiring = this.keepLease();
  }

  /** Runs a job now; when it is running, once more afterwards. */
  wake(name: string): void {
    const job = this.jobs.get(name);
    if (!job) return;
    if (job.running) job.again = true;
    else this.schedule(job, 0);
  }

  get isLeader(): boolean {
    return this.lease.isHeld;
  }

  /** Before the databases close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.renewal);
    for (const job of this.jobs.values()) clearTimeout(job.timer);
    await this.acquiring;
    await within(STOP_MS, Promise.all([...this.jobs.values()].map((job) => job.running)));
    if (this.jobs.size > 0) await this.lease.release().catch(() => undefined);
  }

  private async keepLease(): Promise<void> {
    try {
      const held = await otel.with(ROOT_CONTEXT, () => this.lease.acquire());
      if (held) for (const job of this.jobs.values()) if (!job.timer && !job.running) this.schedule(job, 0);
    } catch (error) {
      this.logger.warn(`The lease of "${this.database.module}" could not be renewed: ${String(error)}`);
    }
    if (this.stopped) return;
    this.renewal = setTimeout(() => (this.acquiring = this.keepLease()), Lease.renewEveryMs);
  }

  private schedule(job: Job, delayMs: number): void {
    clearTimeout(job.timer);
    if (this.stopped) return;
    job.timer = setTimeout(() => void this.run(job), delayMs);
  }

  private async run(job: Job): Promise<void> {
    job.timer = undefined;
    // Not held: the job is scheduled again when it is.
    if (job.running || this.stopped || !this.lease.isHeld) return;
    job.again = false;
    job.running = otel.with(ROOT_CONTEXT, () => this.lease.run(() => this.attempt(job)));
    await job.running;
    job.running = undefined;
    this.schedule(job, job.again ? 0 : job.everyMs);
  }

  private async attempt(job: Job): Promise<void> {
    try {
      await job.work();
    } catch (error) {
      if (error instanceof LeaseLost) return this.logger.warn(error.message);
      this.logger.error(`"${job.name}" of "${this.database.module}" failed`, (error as Error).stack);
    }
  }
}
