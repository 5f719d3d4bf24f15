import type { OnApplicationBootstrap } from '@nestjs/common';
import { databaseTime } from '../unit-of-work/inbox.js';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import { quote } from '../unit-of-work/unit.js';
import { anHourLater, forgettableBefore, HOUR_MS, type InboxAge, newborn } from './inbox-age.js';
import type { Periodic } from './periodic.js';

const SETTING = 'inbox_age';
/** A leader's first run does not complete an hour: it may have just been elected. */
const ALMOST_AN_HOUR_MS = 0.9 * HOUR_MS;

/** Deletes handled messages from the inbox once they are old. */
export class InboxPruning implements OnApplicationBootstrap {
  private lastRunAt?: number;

  constructor(
    private readonly database: ModuleDatabase,
    private readonly periodic: Periodic,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('prune-inbox', { everyMs: HOUR_MS }, async () => {
      const now = performance.now();
      const hasBeenAnHour = this.lastRunAt !== undefined && now - this.lastRunAt >= ALMOST_AN_HOUR_MS;
      if (hasBeenAnHour || this.lastRunAt === undefined) this.lastRunAt = now;
      if (hasBeenAnHour) await this.endHour();
    });
  }

  /** Counts an hour of operation, and deletes what is then old. */
  async endHour(): Promise<void> {
    const { inbox, settings } = this.database.tables;
    const [row] = await this.database.read<{ now: string | number; value: string | null }>(
      `SELECT ${databaseTime(this.database.isPostgres)} AS now, (SELECT value FROM ${settings} WHERE name = ${quote(SETTING)}) AS value`,
    );
    const age = anHourLater(row?.value ? (JSON.parse(row.value) as InboxAge) : newborn, Number(row!.now));
    const limit = forgettableBefore(age);
    const value = quote(JSON.stringify(age));
    await this.database.write([
      `INSERT INTO ${settings} (name, value) VALUES (${quote(SETTING)}, ${value}) ON CONFLICT (name) DO UPDATE SET value = ${value}`,
      ...(limit === undefined ? [] : [`DELETE FROM ${inbox} WHERE handled_at < ${limit}`]),
    ]);
  }
}
