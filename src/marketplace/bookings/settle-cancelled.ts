import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { BookingClosed } from '../../agents/contract/index.js';
import { BookingChanges } from './booking-changes.js';

/** What a cancelled booking costs depends on what the agents made of it, and only they know for certain. */
@EventsHandler(BookingClosed)
export class SettleCancelled implements IEventHandler<BookingClosed> {
  constructor(private readonly changes: BookingChanges) {}

  async handle({ bookingId, ...use }: BookingClosed) {
    await this.changes.applyIfKnown(bookingId, (booking) => booking.closed(use));
  }
}
