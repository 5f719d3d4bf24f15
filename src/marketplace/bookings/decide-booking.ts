import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DecideBooking } from '../contract/bookings.js';
import { PartyCannotDecide } from '../contract/errors.js';
import { isOperator } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import { toBookingView } from './booking-view.js';
import { shareOf } from './pricing.js';

@CommandHandler(DecideBooking)
export class DecideBookingHandler implements ICommandHandler<DecideBooking> {
  constructor(private readonly changes: BookingChanges) {}

  async execute({ bookingId, providerGross, providerShare }: DecideBooking) {
    const operator = requirePrincipal();
    if (!isOperator(operator)) throw new Forbidden();
    const decided = await this.changes.apply(bookingId, (booking, now) => {
      if (booking.partyOf(operator.subject)) throw new PartyCannotDecide(bookingId);
      return booking.decide(providerGross ?? shareOf(booking.total, providerShare!), operator.subject, now);
    });
    return toBookingView(decided);
  }
}
