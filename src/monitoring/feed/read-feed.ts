import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { FeedEntryView, FeedPageView, ReadFeed } from '../contract/feed.js';
import { feedBounds } from './feed-bounds.js';

interface Row {
  readonly sequence: string | number;
  readonly audience: string;
  readonly type: string;
  readonly data: string;
  readonly at: string | number;
  readonly trace_id: string | null;
}

@QueryHandler(ReadFeed)
export class ReadFeedHandler implements IQueryHandler<ReadFeed> {
  constructor(@InjectDataSource('monitoring') private readonly database: DataSource) {}

  async execute({ audiences, after, limit }: ReadFeed): Promise<FeedPageView> {
    const { oldest, newest } = await feedBounds(this.database);
    if (after === undefined || after > newest || audiences.length === 0) {
      // A position that this feed has not reached predates its loss or restore.
      const isComplete = after === undefined || after <= newest;
      return FeedPageView.of({ entries: [], position: newest, isFull: false, isComplete });
    }
    const rows = await this.database
      .createQueryBuilder()
      .select(['sequence', 'audience', 'type', 'data', 'at', 'trace_id'])
      .from('monitoring_feed', 'feed')
      .where('audience IN (:...audiences)', { audiences })
      .andWhere('sequence > :after AND sequence <= :newest', { after, newest })
      .orderBy('sequence')
      .limit(limit)
      .getRawMany<Row>();
    const isFull = rows.length === limit;
    return FeedPageView.of({
      entries: rows.map(toEntryView),
      position: isFull ? Number(rows.at(-1)!.sequence) : newest,
      isFull,
      isComplete: after >= oldest - 1,
    });
  }
}

function toEntryView({ sequence, audience, type, data, at, trace_id }: Row): FeedEntryView {
  return FeedEntryView.of({
    sequence: Number(sequence),
    audience,
    type,
    data,
    at: new Date(Number(at)),
    traceId: trace_id,
  });
}
