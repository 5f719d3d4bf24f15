import type { OnApplicationBootstrap } from '@nestjs/common';
import type { ModuleDatabase } from '../unit-of-work/module-database.js';
import type { Periodic } from './periodic.js';

const HOUR_MS = 3_600_000;
/** Command ids are good for a day; an event comes again when its outbox is read, which a standing system may do late. */
const KEEP_MS = 14 * 24 * HOUR_MS;

/** Forgets handled messages once they are old. */
export class InboxPruning implements OnApplicationBootstrap {
  constructor(
    private readonly database: ModuleDatabase,
    private readonly periodic: Periodic,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('prune-inbox', { everyMs: HOUR_MS }, () =>
      this.database.write([
        // Counted from the last one: while the system stands still, nothing grows old.
        `DELETE FROM ${this.database.tables.inbox} WHERE handled_at < (SELECT MAX(handled_at) FROM ${this.database.tables.inbox}) - ${KEEP_MS}`,
      ]),
    );
  }
}
