import { currentTraceparent } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { FeedGrew } from '../contract/feed.js';
import { dataOf, type FeedEntry } from './feed-entry.js';

const COLUMNS = ['audience', 'type', 'data', 'at', 'trace_id'];

/** Live events for users and operators, kept for a while so that none is missed. */
@Injectable()
export class Feed {
  constructor(
    @InjectDataSource('monitoring') private readonly database: DataSource,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Appends an entry; inside a unit of work, as its last step. @throws RangeError */
  append(audience: string, type: string, data: FeedEntry['data']): Promise<void> {
    return this.appendAll([{ audience, type, data }]);
  }

  /** Appends several in this order; inside a unit of work, as its last step. @throws RangeError */
  async appendAll(entries: readonly FeedEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const at = this.clock.now().getTime();
    const trace_id = currentTraceparent()?.split('-')[1] ?? null;
    const rows = entries.map((entry) => ({
      audience: entry.audience,
      type: entry.type,
      data: dataOf(entry),
      at,
      trace_id,
    }));
    await this.takeTurn();
    await this.database.createQueryBuilder().insert().into('monitoring_feed', COLUMNS).values(rows).execute();
    this.events.publish(FeedGrew.of({ audiences: [...new Set(entries.map(({ audience }) => audience))] }));
  }

  /**
   * Serializes appends until the commit: sequence order equals commit order, so a reader at a position has missed no
   * earlier entry. SQLite has a single writer anyway.
   */
  private async takeTurn(): Promise<void> {
    if (this.database.options.type !== 'postgres') return;
    await this.database.query(`SELECT pg_advisory_xact_lock(hashtextextended('monitoring_feed', 0))`);
  }
}
