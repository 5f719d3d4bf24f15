import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CompleteBooking } from '../contract/bookings.js';
import { mustBeClient } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';

@CommandHandler(CompleteBooking)
export class CompleteBookingHandler implements ICommandHandler<CompleteBooking> {
  constructor(private readonly changes: BookingChanges) {}

  async execute({ bookingId }: CompleteBooking) {
    const principal = requirePrincipal();
    const completed = await this.changes.apply(bookingId, (booking, now) => {
      mustBeClient(booking, principal, 'complete');
      return booking.complete(now);
    });
    return toBookingView(completed);
  }
}
