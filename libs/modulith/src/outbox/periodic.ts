import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import { isPassingFailure } from '../unit-of-work/passing-failure.js';
import { LeaseLost } from './lease.js';
import type { Leadership } from './leadership.js';
import { STOP_MS, within } from './relay.js';

interface Job {
  readonly name: string;
  readonly everyMs: number;
  readonly work: () => Promise<void>;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
  again: boolean;
}

/** A module's recurring jobs: each runs on one replica at a time and never overlaps itself. */
export class Periodic {
  private readonly logger = new Logger('Periodic');
  private readonly jobs = new Map<string, Job>();
  private stopped = false;

  constructor(
    private readonly module: string,
    private readonly leadership: Leadership,
    /** Tells the leading replica to run a job now. */
    private readonly wakeLeader: (name: string) => void = () => undefined,
  ) {
    leadership.onHeld(() => {
      for (const job of this.jobs.values()) if (!job.timer && !job.running) this.schedule(job, 0);
    });
  }

  /** Runs `work` now and then every `everyMs`, on the replica that holds the module's lease. */
  every(name: string, options: { everyMs: number }, work: () => Promise<void>): void {
    const job: Job = { name, everyMs: options.everyMs, work, again: false };
    this.jobs.set(name, job);
    void this.leadership.start();
    if (this.leadership.isHeld) this.schedule(job, 0);
  }

  get isLeader(): boolean {
    return this.leadership.isHeld;
  }

  /** Runs a job now, on the leading replica; if it is already running, once more afterwards. */
  wake(name: string): void {
    const job = this.jobs.get(name);
    if (!job) return;
    if (!this.isLeader) this.wakeLeader(name);
    else if (job.running) job.again = true;
    else this.schedule(job, 0);
  }

  /** Starts no further jobs and waits for running ones. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const job of this.jobs.values()) clearTimeout(job.timer);
    await within(STOP_MS, Promise.all([...this.jobs.values()].map((job) => job.running)));
  }

  private schedule(job: Job, delayMs: number): void {
    clearTimeout(job.timer);
    if (this.stopped) return;
    job.timer = setTimeout(() => void this.run(job), delayMs);
  }

  private async run(job: Job): Promise<void> {
    job.timer = undefined;
    // Without the lease, the job is scheduled again once it is held.
    if (job.running || this.stopped || !this.leadership.isHeld) return;
    job.again = false;
    job.running = otel.with(ROOT_CONTEXT, () => this.leadership.lease.run(() => this.attempt(job)));
    await job.running;
    job.running = undefined;
    this.schedule(job, job.again ? 0 : job.everyMs);
  }

  private async attempt(job: Job): Promise<void> {
    try {
      await job.work();
    } catch (error) {
      if (error instanceof LeaseLost) return this.logger.warn(error.message);
      // The next scheduled run follows anyway.
      if (isPassingFailure(error)) return this.logger.warn(`"${job.name}" of "${this.module}" waits: ${String(error)}`);
      this.logger.error(`"${job.name}" of "${this.module}" failed`, (error as Error).stack);
    }
  }
}
