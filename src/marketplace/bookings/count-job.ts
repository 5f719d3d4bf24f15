import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { JobFinished } from '../../agents/contract/index.js';
import { BookingChanges } from './booking-changes.js';

/** The delivered jobs decide who is paid, unless the booking is disputed. */
@EventsHandler(JobFinished)
export class CountJob implements IEventHandler<JobFinished> {
  constructor(private readonly changes: BookingChanges) {}

  async handle({ bookingId, outcome, verdict = outcome === 'completed' ? 'delivered' : 'none' }: JobFinished) {
    await this.changes.applyIfKnown(bookingId, (booking) => booking.jobFinished(outcome, verdict));
  }
}
