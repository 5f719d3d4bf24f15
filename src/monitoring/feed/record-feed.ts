import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { JobChanged } from '../../agents/contract/index.js';
import { BookingChanged } from '../../marketplace/contract/index.js';
import { TransferFinished } from '../../wallet/contract/index.js';
import { entriesOfBooking, entriesOfJob, entriesOfTransfer } from './entries.js';
import { Feed } from './feed.js';
import type { FeedEntry } from './feed-entry.js';

type Told = BookingChanged | JobChanged | TransferFinished;

/** Records changes to users' resources. A single handler, because the order of entries matters. */
@EventsHandler(BookingChanged, JobChanged, TransferFinished)
export class RecordFeed implements IEventHandler<Told> {
  constructor(private readonly feed: Feed) {}

  async handle(event: Told): Promise<void> {
    await this.feed.appendAll(entriesOf(event));
  }
}

function entriesOf(event: Told): FeedEntry[] {
  if (event instanceof BookingChanged) return entriesOfBooking(event);
  return event instanceof JobChanged ? entriesOfJob(event) : entriesOfTransfer(event);
}
