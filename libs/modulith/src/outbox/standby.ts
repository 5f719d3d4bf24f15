import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { Lease } from './lease.js';

const NAME = 'standby';
/** Longer than the interval between two announcements. */
const LIFE_MS = Lease.renewEveryMs * 2.5;

/**
 * The replica that could take over at once: it is connected to the others and does not hold the lease. One row per
 * module, written by the last such replica to announce itself.
 */
export class Standby {
  private isAnnounced = false;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly self: string,
  ) {}

  async announce(): Promise<void> {
    this.isAnnounced = true;
    const value = quote(`${Date.now() + LIFE_MS} ${this.self}`);
    await this.database.write([
      `INSERT INTO ${this.database.tables.settings} (name, value) VALUES (${quote(NAME)}, ${value}) ON CONFLICT (name) DO UPDATE SET value = ${value}`,
    ]);
  }

  async withdraw(): Promise<void> {
    if (!this.isAnnounced) return;
    this.isAnnounced = false;
    const value = await this.value();
    if (!value?.endsWith(` ${this.self}`)) return;
    await this.database.write([
      `DELETE FROM ${this.database.tables.settings} WHERE name = ${quote(NAME)} AND value = ${quote(value)}`,
    ]);
  }

  /** Whether another replica stands by. */
  async isThere(): Promise<boolean> {
    const [until = '0', other] = (await this.value())?.split(' ') ?? [];
    return Number(until) > Date.now() && other !== this.self;
  }

  private async value(): Promise<string | undefined> {
    const [row] = await this.database.read<{ value: string }>(
      `SELECT value FROM ${this.database.tables.settings} WHERE name = ${quote(NAME)}`,
    );
    return row?.value;
  }
}
