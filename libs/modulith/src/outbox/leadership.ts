import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { Lease } from './lease.js';

/**
 * Which replica of a module does what only one may do: read its outbox and run its recurring work. A lease in the
 * module's own database decides, so that a process that was killed or paused is replaced.
 */
export class Leadership {
  readonly lease: Lease;
  private readonly logger = new Logger('Leadership');
  private readonly listeners: (() => void)[] = [];
  private renewal?: NodeJS.Timeout;
  private acquiring?: Promise<void>;
  private since = 0;
  private stopped = false;

  constructor(private readonly database: ModuleDatabase) {
    this.lease = new Lease(database, 'leader');
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

  /** Asks now: the holder may be gone. */
  check(): void {
    if (!this.acquiring || this.stopped || this.isHeld) return;
    clearTimeout(this.renewal);
    this.acquiring = this.acquiring.then(() => clearTimeout(this.renewal)).then(() => this.keep());
  }

  /** Lets another replica take over without waiting for the lease to end. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.renewal);
    await this.acquiring;
    await this.lease.release().catch(() => undefined);
  }

  private async keep(): Promise<void> {
    try {
      const before = this.lease.isHeld;
      const held = await otel.with(ROOT_CONTEXT, () => this.lease.acquire());
      if (!before) this.since = Date.now();
      if (held) for (const listener of this.listeners) listener();
    } catch (error) {
      this.logger.warn(`The lease of "${this.database.module}" could not be renewed: ${String(error)}`);
    }
    if (this.stopped) return;
    this.renewal = setTimeout(() => (this.acquiring = this.keep()), Lease.renewEveryMs);
  }
}
