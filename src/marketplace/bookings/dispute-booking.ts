import { requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DisputeBooking } from '../contract/bookings.js';
import { mustBeParty } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';

@CommandHandler(DisputeBooking)
export class DisputeBookingHandler implements ICommandHandler<DisputeBooking> {
  constructor(private readonly changes: BookingChanges) {}

  async execute({ bookingId, reason }: DisputeBooking) {
    const principal = requirePrincipal();
    const disputed = await this.changes.apply(bookingId, (booking, now) =>
      booking.dispute(mustBeParty(booking, principal), reason, now),
    );
    return toBookingView(disputed);
  }
}
