import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { Lease } from './lease.js';
import { STOP_MS, within } from './relay.js';
import { Standby } from './standby.js';

/** How long a leader may be disconnected from other processes before it yields to a replica that is connected. */
const CUT_OFF_MS = 6_000;

/**
 * Elects the replica of a module that does the singleton work: reading its outbox and running its recurring jobs. The
 * lease is stored in the module's database, so a killed or paused process is replaced.
 *
 * A leader that alone has lost Redis would keep its lease through the database, and its events would wait. It yields
 * if, and only if, a replica with Redis stands by; if all replicas have lost Redis, nothing changes.
 */
export class Leadership {
  readonly lease: Lease;
  private readonly logger = new Logger('Leadership');
  private readonly listeners: (() => void)[] = [];
  private renewal?: NodeJS.Timeout;
  private acquiring?: Promise<void>;
  private since = 0;
  private stopped = false;
  private readonly standby: Standby;
  /** When this process lost the others, by `performance.now()`. */
  private awaySince?: number;
  private yielding?: NodeJS.Timeout;

  /** @param hasOthers whether this process may have replicas: then it counts as disconnected until {@link reached} */
  constructor(
    private readonly database: ModuleDatabase,
    private readonly hasOthers = false,
  ) {
    this.lease = new Lease(database, 'leader');
    this.standby = new Standby(database, this.lease.holder);
    if (hasOthers) this.awaySince = performance.now();
  }

  get isHeld(): boolean {
    return this.lease.isHeld;
  }

  /**
   * When this process's uninterrupted leadership began, in milliseconds since the epoch; undefined if it does not lead.
   */
  get heldSince(): number | undefined {
    return this.lease.isHeld ? this.since : undefined;
  }

  /** Calls `listener` each time the lease is taken or renewed. */
  onHeld(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Starts acquiring and renewing the lease; resolves after the first attempt. Further calls have no effect. */
  start(): Promise<void> {
    return (this.acquiring ??= this.keep());
  }

  /** This process is connected to the others. */
  reached(): void {
    clearTimeout(this.yielding);
    this.awaySince = undefined;
    this.check();
  }

  /** This process has lost the others, and cannot replace a leader that has lost them too. */
  cutOff(): void {
    if (this.stopped) return;
    this.awaySince ??= performance.now();
    void this.standby
      .withdraw()
      .catch((error: unknown) => this.logger.warn(`This process still stands by: ${String(error)}`));
    clearTimeout(this.yielding);
    this.yielding = setTimeout(() => this.reconsider(), CUT_OFF_MS).unref();
  }

  /** Tries to acquire the lease now: the holder may be gone. */
  check(): void {
    if (!this.isHeld) this.reconsider();
  }

  private reconsider(): void {
    if (!this.acquiring || this.stopped) return;
    clearTimeout(this.renewal);
    this.acquiring = this.acquiring.then(() => clearTimeout(this.renewal)).then(() => this.keep());
  }

  /** Releases the lease, so that another replica takes over without waiting for it to expire. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.renewal);
    clearTimeout(this.yielding);
    // An unresponsive database must not delay the shutdown; the lease expires anyway.
    await within(STOP_MS, this.leave());
  }

  private async leave(): Promise<void> {
    await this.acquiring;
    await Promise.allSettled([this.lease.release(), this.standby.withdraw()]);
  }

  private async keep(): Promise<void> {
    try {
      const before = this.lease.isHeld;
      const held = await otel.with(ROOT_CONTEXT, () => this.decide());
      if (!before) this.since = Date.now();
      if (held) for (const listener of this.listeners) listener();
    } catch (error) {
      this.logger.warn(`The lease of "${this.database.module}" could not be renewed: ${String(error)}`);
    }
    if (this.stopped) return;
    this.renewal = setTimeout(() => (this.acquiring = this.keep()), Lease.renewEveryMs);
  }

  private async decide(): Promise<boolean> {
    if (this.isCutOff && (await this.standby.isThere())) {
      if (this.isHeld) this.logger.warn(`"${this.database.module}" is led by another process: this one has no Redis.`);
      await this.lease.release();
      return false;
    }
    const held = await this.lease.acquire();
    if (this.hasOthers && this.awaySince === undefined)
      await (held ? this.standby.withdraw() : this.standby.announce());
    return held;
  }

  private get isCutOff(): boolean {
    return this.awaySince !== undefined && performance.now() - this.awaySince >= CUT_OFF_MS;
  }
}
