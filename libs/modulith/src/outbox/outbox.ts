import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import type { Leadership } from './leadership.js';
import type { Addressed } from './publication.js';
import { type Destination, Relay } from './relay.js';

/** Longer than a server takes to end the transaction of a lost client. */
const UNCERTAIN_MS = 60_000;

/** A module's outbox: one relay per subscribing module. */
export class Outbox {
  private readonly relays: ReadonlyMap<string, Relay>;
  private uncertainUntil = 0;

  /** @param isAlone whether no other process can write to this outbox: commits are then handed over in memory. */
  constructor(
    private readonly database: ModuleDatabase,
    private readonly leadership: Leadership,
    private readonly isAlone: boolean,
    destinations: ReadonlyMap<string, Destination>,
  ) {
    const leadsSince = () => leadership.heldSince;
    this.relays = new Map(
      [...destinations].map(([target, destination]) => [target, new Relay(database, target, destination, leadsSince)]),
    );
  }

  start(): void {
    for (const relay of this.relays.values()) relay.start();
    this.leadership.onHeld(() => this.wake());
  }

  /** Called with what this process has committed, in commit order. */
  committed(addressed: readonly Addressed[]): void {
    for (const relay of this.relays.values()) {
      const publications = addressed.flatMap(({ publication, targets }) =>
        targets.includes(relay.target) ? [publication] : [],
      );
      if (publications.length === 0) continue;
      if (this.isAlone && Date.now() >= this.uncertainUntil) relay.handOver(publications);
      else relay.readAgain();
    }
  }

  /** Tries to deliver pending events now. */
  wake(): void {
    for (const relay of this.relays.values()) relay.retry();
  }

  /**
   * The outcome of the last commit is unknown and its rows may still appear: for a while the order of the table decides
   * what is sent first.
   */
  uncertain(): void {
    this.uncertainUntil = Date.now() + UNCERTAIN_MS;
    this.wake();
  }

  get leads(): boolean {
    return this.leadership.isHeld;
  }

  /** The number of publications in memory; the others wait in the table. */
  get inMemory(): number {
    return this.sum((relay) => relay.inMemory);
  }

  /** The number of pending deliveries, and the time of the oldest. */
  async backlog(): Promise<{ depth: number; oldest?: Date }> {
    const [row] = await this.database.read<{ depth: string | number; oldest: string | number | null }>(
      `SELECT COUNT(*) AS depth, MIN(published_at) AS oldest FROM ${this.database.tables.outbox}`,
    );
    const waiting = Math.max(0, Number(row?.depth ?? 0) - this.sum((relay) => relay.confirmedRows));
    return { depth: waiting, oldest: row?.oldest && waiting > 0 ? new Date(Number(row.oldest)) : undefined };
  }

  /** Resolves when no delivery is in progress. */
  async idle(): Promise<void> {
    for (const relay of this.relays.values()) await relay.idle();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
  }

  private sum(of: (relay: Relay) => number): number {
    return [...this.relays.values()].reduce((sum, relay) => sum + of(relay), 0);
  }
}
