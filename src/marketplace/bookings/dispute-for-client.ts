import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DisputeForClient } from '../contract/bookings.js';
import { toBookingView } from './booking-view.js';
import { OperatorChanges } from './operator-changes.js';

@CommandHandler(DisputeForClient)
export class DisputeForClientHandler implements ICommandHandler<DisputeForClient> {
  constructor(private readonly changes: OperatorChanges) {}

  async execute({ bookingId, reason }: DisputeForClient) {
    const disputed = await this.changes.apply(bookingId, 'dispute', (booking, _, now) =>
      booking.dispute('client', reason, now),
    );
    return toBookingView(disputed);
  }
}
