import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { fromRow, type Publication, type PublicationRow } from './publication.js';

/** The limit of publications in flight; the others wait in the outbox, not in memory. */
const MAX_UNDER_WAY = 1_000;
const PAGE = 250;
const SWEEP_MS = 2_000;
const CONFIRM_EVERY_MS = 50;
const CONFIRM_AT_ONCE = 500;
/** How long a shutdown waits for handlers; unfinished events are delivered again after the next start. */
export const STOP_MS = 5_000;

/** The receiving end for one module's publications. */
export interface Destination {
  /** Delivers a publication; resolves when the module has it in its own database. */
  deliver(publication: Publication, mayBeRepeat: boolean): Promise<void>;
  /** Whether this release knows the publication; one that only a newer release knows waits for it. */
  knows(publication: Publication): boolean;
  /** Whether delivery is possible now; checked before reading the outbox. */
  readonly isReachable: boolean;
  /**
   * Whether the destination preserves the order of concurrent deliveries. If not, at most one publication per key is in
   * flight.
   */
  readonly keepsOrder: boolean;
}

/** The publication waits in the outbox because an earlier one of its key could not be delivered. */
class HeldBack extends Error {}

/**
 * Delivers the publications for one module from another module's outbox, in outbox order, while this process leads the
 * publishing module. A row is deleted once the module has confirmed it, and is sent again until then.
 */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly confirmed = new Set<string>();
  private readonly lanes = new Map<string, Promise<void>>();
  /** Keys with a failed delivery: later publications wait until it is retried, in a pass from the oldest row. */
  private readonly heldKeys = new Set<string>();
  private heldUntil = 0;
  /** Sent once but not confirmed. */
  private readonly failed = new Set<string>();
  private ledSince?: number;
  private confirming?: Promise<void>;
  private confirmTimer?: NodeJS.Timeout;
  private sweepTimer?: NodeJS.Timeout;
  private draining?: Promise<void>;
  private drainAgain = false;
  private onRoom?: () => void;
  private started = false;
  /** Whether the last read found the outbox empty, apart from rows in flight or confirmed. */
  private caughtUp = false;
  private stopped = false;

  constructor(
    private readonly database: ModuleDatabase,
    readonly target: string,
    private readonly destination: Destination,
    /** When this process's leadership began, in milliseconds since the epoch; undefined if it does not lead. */
    private readonly leadsSince: () => number | undefined,
  ) {}

  start(): void {
    this.started = true;
    this.drain();
    this.sweepTimer = setInterval(() => this.drain(), SWEEP_MS).unref();
  }

  /** Accepts publications that this module's only process has just committed, in commit order. */
  handOver(publications: readonly Publication[]): void {
    // While the outbox may hold older rows, its reader also delivers these, in order.
    if (!this.caughtUp || this.draining || this.underWay.size + publications.length > MAX_UNDER_WAY) {
      this.drain();
      return;
    }
    for (const publication of publications) this.send(publication, false);
  }

  /** Retries failed deliveries now. */
  retry(): void {
    this.heldUntil = 0;
    this.readAgain();
  }

  /** Reads the outbox before the next in-memory hand-over. */
  readAgain(): void {
    this.caughtUp = false;
    this.drain();
  }

  /** The number of publications in memory; the others wait in the outbox. */
  get inMemory(): number {
    return this.underWay.size;
  }

  /** The number of confirmed rows not yet deleted. */
  get confirmedRows(): number {
    return this.confirmed.size;
  }

  /** Resolves when no delivery is in progress. */
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

  private send(publication: Publication, mayBeRepeat: boolean): void {
    const id = publication.messageId;
    if (this.underWay.has(id) || this.confirmed.has(id) || this.heldKeys.has(publication.key)) return;
    if (!this.destination.knows(publication)) {
      this.caughtUp = false;
      this.heldKeys.add(publication.key);
      return;
    }
    const delivery = otel
      .with(ROOT_CONTEXT, () => this.inTurn(publication, mayBeRepeat))
      .then(
        () => this.onDelivered(id),
        (error: unknown) => this.onFailed(publication, error),
      )
      .finally(() => {
        this.underWay.delete(id);
        if (this.underWay.size < MAX_UNDER_WAY - PAGE) this.onRoom?.();
      });
    this.underWay.set(id, delivery);
  }

  /** A publication behind a failed one is not delivered: it would overtake it. */
  private inTurn(publication: Publication, mayBeRepeat: boolean): Promise<void> {
    if (this.destination.keepsOrder) return this.destination.deliver(publication, mayBeRepeat);
    const { key } = publication;
    const before = this.lanes.get(key);
    const turn = before
      ? before.then(
          () => this.destination.deliver(publication, mayBeRepeat),
          () => Promise.reject(new HeldBack()),
        )
      : this.destination.deliver(publication, mayBeRepeat);
    this.lanes.set(key, turn);
    const end = () => {
      if (this.lanes.get(key) === turn) this.lanes.delete(key);
    };
    turn.then(end, end);
    return turn;
  }

  private onDelivered(id: string): void {
    this.failed.delete(id);
    this.confirmed.add(id);
    this.confirmSoon();
  }

  /** Not confirmed: the row stays, later ones of its key wait, and the next sweep sends it again. */
  private onFailed(publication: Publication, error: unknown): void {
    this.caughtUp = false;
    this.heldKeys.add(publication.key);
    if (this.stopped || error instanceof HeldBack) return;
    this.failed.add(publication.messageId);
    this.logger.warn(
      `${publication.name} ${publication.messageId} was not delivered to "${this.target}": ${String(error)}`,
    );
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

  /** Deletes confirmed rows in batches: one commit instead of one per event. */
  private async deleteConfirmed(): Promise<void> {
    try {
      while (this.confirmed.size > 0) {
        const ids = [...this.confirmed].slice(0, CONFIRM_AT_ONCE);
        await this.database.write([
          // By ids: with a condition on the target, the planner might read everything that waits for it.
          `DELETE FROM ${this.database.tables.outbox} WHERE target || '' = ${quote(this.target)} AND message_id IN (${ids.map(quote).join(', ')})`,
        ]);
        for (const id of ids) this.confirmed.delete(id);
      }
    } catch (error) {
      this.logger.warn(`Confirmations of "${this.database.module}" wait: ${String(error)}`);
      this.confirmSoon();
    }
  }

  private drain(): void {
    if (!this.started || this.stopped || this.leadsSince() === undefined || !this.destination.isReachable) {
      this.caughtUp = false;
      return;
    }
    if (this.draining) {
      this.drainAgain = true;
      return;
    }
    this.draining = this.readOutbox()
      .then((readAll) => {
        this.caughtUp = readAll;
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
   * Every pass starts at the oldest row, so that a row that was committed late is not skipped. It ends at the newest
   * row known at its start: a row of the same key with a lower number may have been committed since.
   * @returns whether the pass was completed.
   */
  private async readOutbox(): Promise<boolean> {
    let mayGoOn = true;
    do {
      this.drainAgain = false;
      this.letGoOfKeys();
      let newest: string | number | undefined;
      for (let after: string | number | undefined = 0; after !== undefined && mayGoOn;) {
        const page = await this.page(after, newest);
        newest ??= page[0]?.newest;
        await this.sendPage(page);
        const last = page.at(-1);
        after = last && Number(last.seq) < Number(newest) ? last.seq : undefined;
        if (this.underWay.size >= MAX_UNDER_WAY - PAGE && !this.stopped) await this.room();
        mayGoOn = !this.stopped && this.leadsSince() !== undefined && this.destination.isReachable;
      }
    } while (this.drainAgain && mayGoOn);
    return mayGoOn;
  }

  /**
   * The ids of a page of rows, most of which may already be in flight. A page is a range of ids rather than a LIMIT:
   * for a table that has just filled, without statistics, the planner would read and sort all of it for each page.
   */
  private page(after: string | number, newest: string | number | undefined): Promise<OutboxPosition[]> {
    const { outbox } = this.database.tables;
    const own = `target = ${quote(this.target)}`;
    const until = newest === undefined ? '' : ` AND seq <= ${newest}`;
    const first = `(SELECT MIN(seq) FROM ${outbox} WHERE ${own} AND seq > ${after})`;
    return this.database.read<OutboxPosition>(
      `SELECT seq, message_id, (SELECT MAX(seq) FROM ${outbox} WHERE ${own}) AS newest FROM ${outbox} WHERE ${own} AND seq >= ${first} AND seq < ${first} + ${PAGE}${until} ORDER BY seq`,
    );
  }

  private async sendPage(page: readonly OutboxPosition[]): Promise<void> {
    const unknown = page.filter(({ message_id: id }) => !this.underWay.has(id) && !this.confirmed.has(id));
    if (unknown.length === 0) return;
    const rows = await this.database.read<PublicationRow>(
      `SELECT message_id, name, key, payload, metadata, published_at FROM ${this.database.tables.outbox} WHERE seq IN (${unknown.map(({ seq }) => seq).join(', ')}) ORDER BY seq`,
    );
    const since = this.leadsSince() ?? Infinity;
    for (const publication of rows.map(fromRow)) {
      // The previous leader may have sent it too.
      const mayBeRepeat = publication.publishedAt.getTime() <= since || this.failed.has(publication.messageId);
      this.send(publication, mayBeRepeat);
    }
  }

  /** At intervals only: the pass after each commit must not retry the whole backlog. */
  private letGoOfKeys(): void {
    if (Date.now() < this.heldUntil) return;
    this.heldUntil = Date.now() + SWEEP_MS / 2;
    this.heldKeys.clear();
    const since = this.leadsSince();
    if (since === this.ledSince) return;
    // Anything another leader sent in between predates this leadership, and counts as a repeat anyway.
    this.ledSince = since;
    this.failed.clear();
  }

  private async room(): Promise<void> {
    await new Promise<void>((resolve) => (this.onRoom = resolve));
    this.onRoom = undefined;
  }
}

interface OutboxPosition {
  readonly seq: string | number;
  readonly message_id: string;
  readonly newest: string | number;
}

/** Waits for `work` for at most `milliseconds`. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, end]).finally(() => clearTimeout(timer));
}
