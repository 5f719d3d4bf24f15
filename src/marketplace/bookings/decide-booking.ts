import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DecideBooking } from '../contract/bookings.js';
import { toBookingView } from './booking-view.js';
import { OperatorChanges } from './operator-changes.js';
import { shareOf } from './pricing.js';

@CommandHandler(DecideBooking)
export class DecideBookingHandler implements ICommandHandler<DecideBooking> {
  constructor(private readonly changes: OperatorChanges) {}

  async execute({ bookingId, providerGross, providerShare }: DecideBooking) {
    const decided = await this.changes.apply(bookingId, 'decide', (booking, { subject }, now) =>
      booking.decide(providerGross ?? shareOf(booking.total, providerShare!), subject, now),
    );
    return toBookingView(decided);
  }
}
