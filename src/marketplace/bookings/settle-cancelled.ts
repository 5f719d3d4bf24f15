import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { BookingClosed } from '../../agents/contract/index.js';
import { BookingChanges } from './booking-changes.js';

/** The charge for a cancelled booking depends on its use, which only the agents know for certain. */
@EventsHandler(BookingClosed)
export class SettleCancelled implements IEventHandler<BookingClosed> {
  constructor(private readonly changes: BookingChanges) {}

  async handle({ bookingId, ...use }: BookingClosed) {
    await this.changes.applyIfKnown(bookingId, (booking) => booking.closed(use));
  }
}
