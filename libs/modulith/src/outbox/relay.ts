import { Logger } from '@nestjs/common';
import { context as otel, ROOT_CONTEXT } from '@opentelemetry/api';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { fromRow, type Publication, type PublicationRow } from './publication.js';

/** How many publications may be under way; past it they wait in the outbox, not in memory. */
const MAX_UNDER_WAY = 1_000;
const PAGE = 250;
const SWEEP_MS = 2_000;
const CONFIRM_EVERY_MS = 50;
const CONFIRM_AT_ONCE = 500;
/** How long a shutdown waits for handlers; what they have not done by then comes again after the next start. */
export const STOP_MS = 5_000;

/** Where the publications for one module go. */
export interface Destination {
  /** Brings a publication there; resolves when the module has it in its own database. */
  deliver(publication: Publication, mayBeRepeat: boolean): Promise<void>;
  /** Whether this release knows what to do with it there; what only a newer one knows waits for it. */
  knows(publication: Publication): boolean;
  /** Whether anything can be delivered now; asked before the outbox is read. */
  readonly isReachable: boolean;
  /**
   * Whether the destination keeps the order of what is under way at once. Where it does not, no two publications of
   * one key are.
   */
  readonly keepsOrder: boolean;
}

/** The publication waits in the outbox because one of its key before it could not be delivered. */
class HeldBack extends Error {}

/**
 * Moves the publications for one module out of another's outbox: while this process leads the publishing module, and
 * in the order of the outbox. A row goes when the module has confirmed it, and comes again until then.
 */
export class Relay {
  private readonly logger = new Logger('Relay');
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly confirmed = new Set<string>();
  private readonly lanes = new Map<string, Promise<void>>();
  /** Keys of which one could not be delivered: the others wait until it is tried again, in a pass from the oldest row. */
  private readonly heldKeys = new Set<string>();
  private heldUntil = 0;
  /** What was sent once without being confirmed. */
  private readonly failed = new Set<string>();
  private ledSince?: number;
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
    readonly target: string,
    private readonly destination: Destination,
    /** Since when this process leads, in milliseconds since the epoch; undefined when it does not. */
    private readonly leadsSince: () => number | undefined,
  ) {}

  start(): void {
    this.started = true;
    this.drain();
    this.sweepTimer = setInterval(() => this.drain(), SWEEP_MS).unref();
  }

  /** Takes publications that the only process of this module has just committed, in the order of their commits. */
  handOver(publications: readonly Publication[]): void {
    // While older ones may be in the outbox, its reader brings these too, in their order.
    if (!this.caughtUp || this.draining || this.underWay.size + publications.length > MAX_UNDER_WAY) {
      this.drain();
      return;
    }
    for (const publication of publications) this.send(publication, false);
  }

  /** Tries at once what could not be delivered. */
  retry(): void {
    this.heldUntil = 0;
    this.readAgain();
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

  /** How many rows of the outbox are confirmed and not yet deleted. */
  get confirmedRows(): number {
    return this.confirmed.size;
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

  /** What follows one that was not delivered is not delivered either: it would overtake it. */
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

  /** Not confirmed: the row stays, nothing may overtake it, and the next sweep sends it again. */
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

  /** Deletes what is confirmed, many at a time: one commit instead of one per event. */
  private async deleteConfirmed(): Promise<void> {
    try {
      while (this.confirmed.size > 0) {
        const ids = [...this.confirmed].slice(0, CONFIRM_AT_ONCE);
        await this.database.write([
          // By the ids: through the target, a planner might read all that waits for it.
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
   * Every pass begins with the oldest row, so that a row whose commit came late is not passed over. It ends at what was
   * newest when it began: a row of the same key with a lower number may have been committed since.
   * @returns whether it came to the end.
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
   * The numbers of a page of rows; most of them may be under way already. A page is a range of numbers, not a LIMIT: a
   * planner that knows nothing yet of a table just filled would read and sort all of it for each page.
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
      // Whoever led before may have sent it too.
      const mayBeRepeat = publication.publishedAt.getTime() <= since || this.failed.has(publication.messageId);
      this.send(publication, mayBeRepeat);
    }
  }

  /** Now and then: a pass for every commit must not try everything again that waits. */
  private letGoOfKeys(): void {
    if (Date.now() < this.heldUntil) return;
    this.heldUntil = Date.now() + SWEEP_MS / 2;
    this.heldKeys.clear();
    const since = this.leadsSince();
    if (since === this.ledSince) return;
    // What another leader sent meanwhile is older than this leadership, and taken for a repeat anyway.
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

/** Waits for `work`, but no longer than `milliseconds`. */
export async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([work, end]).finally(() => clearTimeout(timer));
}
