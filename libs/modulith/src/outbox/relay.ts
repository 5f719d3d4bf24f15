import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { fromRow, type Publication, type PublicationRow } from './publication.js';

/** How many publications may be under way; past it they wait in the outbox, not in memory. */
const MAX_UNDER_WAY = 1_000;
const PAGE = 200;
const SWEEP_MS = 2_000;
const CONFIRM_EVERY_MS = 50;
const CONFIRM_AT_ONCE = 500;
/** How long a shutdown waits for handlers; what they have not done by then comes again after the next start. */
export const STOP_MS = 5_000;

/** Brings one publication to all its durable subscribers; resolves when each of them has it in its own database. */
export type Deliver = (publication: Publication, mayBeRepeat: boolean) => Promise<void>;

/**
 * Moves publications out of one module's outbox. What was committed in this process is handed over in memory; the
 * outbox itself is read at the start, after a burst, and now and then for what was missed. A row goes when every
 * durable subscriber has confirmed it.
 */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly confirmed = new Set<string>();
  private confirming?: Promise<void>;
  private confirmTimer?: NodeJS.Timeout;
  private sweepTimer?: NodeJS.Timeout;
  private draining?: Promise<void>;
  private drainAgain = false;
  private onRoom?: () => void;
  private started = false;
  /** Whether the outbox held nothing that is neither under way nor confirmed, when it was last read. */
  private caughtUp = false;
  private stopped = false;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly deliver: Deliver,
  ) {}

  start(): void {
    this.started = true;
    this.drain();
    this.sweepTimer = setInterval(() => this.drain(), SWEEP_MS).unref();
  }

  /** Takes publications that this process has just committed, in the order of their commits. */
  handOver(publications: readonly Publication[]): void {
    // While older ones may be in the outbox, its reader brings these too, in their order.
    if (!this.caughtUp || this.draining || this.underWay.size + publications.length > MAX_UNDER_WAY) {
      this.drain();
      return;
    }
    for (const publication of publications) this.send(publication, false);
  }

  /** Reads the outbox before anything is handed over again. */
  readAgain(): void {
    this.caughtUp = false;
    this.drain();
  }

  /** How many publications are in memory; the others wait in the outbox. */
  get inMemory(): number {
    return this.underWay.size;
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.draining || this.underWay.size > 0 || this.confirmed.size > 0) {
      await this.draining;
      await Promise.all(this.underWay.values());
      await this.confirm();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.sweepTimer);
    this.onRoom?.();
    await within(STOP_MS, Promise.all([this.draining, ...this.underWay.values()]));
    clearTimeout(this.confirmTimer);
    await within(STOP_MS, this.confirm());
  }

  /** What still waits in the outbox: how many, and since when the oldest. */
  async backlog(): Promise<{ depth: number; oldest?: Date }> {
    const [row] = await this.database.read<{ depth: string | number; oldest: string | number | null }>(
      `SELECT COUNT(*) AS depth, MIN(published_at) AS oldest FROM ${this.database.tables.outbox}`,
    );
    const waiting = Number(row?.depth ?? 0) - this.confirmed.size;
    return {
      depth: Math.max(0, waiting),
      oldest: row?.oldest && waiting > 0 ? new Date(Number(row.oldest)) : undefined,
    };
  }

  private send(publication: Publication, mayBeRepeat: boolean): void {
    const id = publication.messageId;
    if (this.underWay.has(id) || this.confirmed.has(id)) return;
    const delivery = otel
      .with(ROOT_CONTEXT, () => this.deliver(publication, mayBeRepeat))
      .then(
        () => this.onDelivered(id),
        (error: unknown) => {
          // Not confirmed: the row stays and the next sweep sends it again.
          if (!this.stopped) this.logger.error(`${publication.name} ${id} was not delivered: ${String(error)}`);
        },
      )
      .finally(() => {
        this.underWay.delete(id);
        if (this.underWay.size < MAX_UNDER_WAY - PAGE) this.onRoom?.();
      });
    this.underWay.set(id, delivery);
  }

  private onDelivered(id: string): void {
    this.confirmed.add(id);
    this.confirmSoon();
  }

  private confirmSoon(): void {
    if (this.stopped) return;
    this.confirmTimer ??= setTimeout(() => {
      this.confirmTimer = undefined;
      void this.confirm();
    }, CONFIRM_EVERY_MS);
  }

  private confirm(): Promise<void> {
    return (this.confirming ??= this.deleteConfirmed().finally(() => (this.confirming = undefined)));
  }

  /** Deletes what is confirmed, many at a time: one commit instead of one per event. */
  private async deleteConfirmed(): Promise<void> {
    try {
      while (this.confirmed.size > 0) {
        const ids = [...this.confirmed].slice(0, CONFIRM_AT_ONCE);
        await this.database.write([
          `DELETE FROM ${this.database.tables.outbox} WHERE message_id IN (${ids.map(quote).join(', ')})`,
        ]);
        for (const id of ids) this.confirmed.delete(id);
      }
    } catch (error) {
      this.logger.warn(`Confirmations of "${this.database.module}" wait: ${String(error)}`);
      this.confirmSoon();
    }
  }

  private drain(): void {
    if (!this.started || this.stopped) return;
    if (this.draining) {
      this.drainAgain = true;
      return;
    }
    this.draining = this.readOutbox()
      .then(() => {
        this.caughtUp = true;
      })
      .catch((error: unknown) => {
        this.caughtUp = false;
        this.logger.warn(`The outbox of "${this.database.module}" is unread: ${String(error)}`);
      })
      .finally(() => {
        this.draining = undefined;
        if (this.drainAgain) this.drain();
      });
  }

  /**
   * Every pass begins with the oldest row, so that a row whose commit came late is not passed over, and goes forward,
   * so that rows that cannot be delivered now hold up no others. It ends at what was newest when it began: a row of the
   * same key with a lower number may have been committed since.
   */
  private async readOutbox(): Promise<void> {
    do {
      this.drainAgain = false;
      const { outbox } = this.database.tables;
      const [newest] = await this.database.read<{ seq: string | number | null }>(
        `SELECT MAX(seq) AS seq FROM ${outbox}`,
      );
      const last = newest?.seq ?? 0;
      for (let after: string | number | undefined = 0; after !== undefined && !this.stopped;) {
        const rows: OutboxRow[] = await this.database.read<OutboxRow>(
          `SELECT seq, message_id, name, key, payload, metadata, published_at FROM ${outbox} WHERE seq > ${after} AND seq <= ${last} ORDER BY seq LIMIT ${PAGE}`,
        );
        for (const row of rows) this.send(fromRow(row), true);
        after = rows.length === PAGE ? rows.at(-1)!.seq : undefined;
        if (this.underWay.size >= MAX_UNDER_WAY - PAGE && !this.stopped) await this.room();
      }
    } while (this.drainAgain && !this.stopped);
  }

  private async room(): Promise<void> {
    await new Promise<void>((resolve) => (this.onRoom = resolve));
    this.onRoom = undefined;
  }
}

interface OutboxRow extends PublicationRow {
  readonly seq: string | number;
}

/** Waits for `work`, but no longer than `milliseconds`. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, end]).finally(() => clearTimeout(timer));
}
