import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { JobAssigned } from '../../agents/contract/index.js';
import { BookingChanges } from './booking-changes.js';

@EventsHandler(JobAssigned)
export class ActivateBooking implements IEventHandler<JobAssigned> {
  constructor(private readonly changes: BookingChanges) {}

  async handle({ bookingId }: JobAssigned) {
    await this.changes.applyIfKnown(bookingId, (booking) => booking.jobAssigned());
  }
}
