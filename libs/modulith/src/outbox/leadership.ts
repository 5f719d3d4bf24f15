import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { Lease } from './lease.js';
import { STOP_MS, within } from './relay.js';
import { Standby } from './standby.js';

/** How long a leader may be without the others of its system before it makes room for a replica that reaches them. */
const CUT_OFF_MS = 6_000;

/**
 * Which replica of a module does what only one may do: read its outbox and run its recurring work. A lease in the
 * module's own database decides, so that a process that was killed or paused is replaced.
 *
 * A leader that alone has lost Redis would keep its lease through the database, and its events would wait. It yields
 * when, and only when, a replica that has Redis stands by: where all have lost it, everything stays as it is.
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
  /** Since when this process is without the others, by `performance.now()`. */
  private awaySince?: number;
  private yielding?: NodeJS.Timeout;

  /** @param hasOthers whether this process may have replicas: then it is away from them until {@link reached} */
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

  /** Since when this process leads without a gap, in milliseconds since the epoch; undefined when it does not. */
  get heldSince(): number | undefined {
    return this.lease.isHeld ? this.since : undefined;
  }

  /** Calls `listener` each time the lease was taken or renewed. */
  onHeld(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Starts to ask for the lease, and goes on; resolves after the first answer. A second call changes nothing. */
  start(): Promise<void> {
    return (this.acquiring ??= this.keep());
  }

  /** This process reaches the others. */
  reached(): void {
    clearTimeout(this.yielding);
    this.awaySince = undefined;
    this.check();
  }

  /** This process has lost the others, and is no replacement for a leader that has, too. */
  cutOff(): void {
    if (this.stopped) return;
    this.awaySince ??= performance.now();
    void this.standby
      .withdraw()
      .catch((error: unknown) => this.logger.warn(`This process still stands by: ${String(error)}`));
    clearTimeout(this.yielding);
    this.yielding = setTimeout(() => this.reconsider(), CUT_OFF_MS).unref();
  }

  /** Asks now: the holder may be gone. */
  check(): void {
    if (!this.isHeld) this.reconsider();
  }

  private reconsider(): void {
    if (!this.acquiring || this.stopped) return;
    clearTimeout(this.renewal);
    this.acquiring = this.acquiring.then(() => clearTimeout(this.renewal)).then(() => this.keep());
  }

  /** Lets another replica take over without waiting for the lease to end. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.renewal);
    clearTimeout(this.yielding);
    // A database that does not answer must not hold up the end; the lease runs out by itself.
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
