import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { RefuseBooking } from '../contract/bookings.js';
import { mustBeProvider } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';

@CommandHandler(RefuseBooking)
export class RefuseBookingHandler implements ICommandHandler<RefuseBooking> {
  constructor(private readonly changes: BookingChanges) {}

  async execute({ bookingId, reason }: RefuseBooking) {
    const principal = requirePrincipal();
    const refused = await this.changes.apply(bookingId, (booking, now) => {
      mustBeProvider(booking, principal, 'refuse');
      return booking.refuse(reason, now);
    });
    return toBookingView(refused);
  }
}
