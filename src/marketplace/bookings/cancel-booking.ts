import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { CancelBooking } from '../contract/bookings.js';
import { mustBeClient } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';

@CommandHandler(CancelBooking)
export class CancelBookingHandler implements ICommandHandler<CancelBooking> {
  constructor(private readonly changes: BookingChanges) {}

  async execute({ bookingId }: CancelBooking) {
    const principal = requirePrincipal();
    const cancelled = await this.changes.apply(bookingId, (booking, now) => {
      mustBeClient(booking, principal, 'cancel');
      return booking.cancel(now);
    });
    return toBookingView(cancelled);
  }
}
