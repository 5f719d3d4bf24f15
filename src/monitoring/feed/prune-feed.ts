import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { feedBounds } from './feed-bounds.js';

const EVERY_MS = 60_000;
/** A client that was away for longer reloads its data. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;
export const MOST_ENTRIES = 100_000;
/** Entries deleted per unit of work: others write concurrently. */
const BATCH = 5_000;

/** Deletes entries past the age or count limit, except the newest, which shows what was deleted. */
@Injectable()
export class PruneFeed implements OnApplicationBootstrap {
  constructor(
    @InjectDataSource('monitoring') private readonly database: DataSource,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('prune-feed', { everyMs: EVERY_MS }, () => this.prune());
  }

  async prune(): Promise<void> {
    const { oldest, newest } = await feedBounds(this.database);
    const last = Math.min(newest - 1, Math.max(newest - MOST_ENTRIES, await this.lastOfTooOld()));
    for (let from = oldest; from <= last; from += BATCH) {
      await this.deleteThrough(Math.min(last, from + BATCH - 1));
    }
  }

  private async lastOfTooOld(): Promise<number> {
    const found = await this.database
      .createQueryBuilder()
      .select('MAX(sequence)', 'last')
      .from('monitoring_feed', 'feed')
      .where('at < :time', { time: this.clock.now().getTime() - KEPT_MS })
      .getRawOne<{ last: string | number | null }>();
    return Number(found?.last ?? 0);
  }

  private async deleteThrough(sequence: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const entries = this.database.createQueryBuilder().delete().from('monitoring_feed');
      await entries.where('sequence <= :sequence', { sequence }).execute();
    });
  }
}
