import type { OnApplicationBootstrap } from '@nestjs/common';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import type { Periodic } from './periodic.js';

const HOUR_MS = 3_600_000;
/** Longer than anything can come again: command ids are good for a day, events for as long as an outbox is unread. */
const KEEP_MS = 14 * 24 * HOUR_MS;

/** Forgets handled messages once they are old. */
export class InboxPruning implements OnApplicationBootstrap {
  constructor(
    private readonly database: ModuleDatabase,
    private readonly periodic: Periodic,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('prune-inbox', { everyMs: HOUR_MS }, () =>
      this.database.write([`DELETE FROM ${this.database.tables.inbox} WHERE handled_at < ${Date.now() - KEEP_MS}`]),
    );
  }
}
