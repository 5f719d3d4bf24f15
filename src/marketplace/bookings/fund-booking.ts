import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { EscrowLocked } from '../../wallet/contract/index.js';
import { BookingChanges } from './booking-changes.js';

/** Only the escrow on the chain counts, regardless of the transaction's sender. */
@EventsHandler(EscrowLocked)
export class FundBooking implements IEventHandler<EscrowLocked> {
  constructor(private readonly changes: BookingChanges) {}

  async handle(locked: EscrowLocked) {
    await this.changes.applyIfKnown(locked.bookingId, (booking, now) => booking.lockConfirmed(locked, now));
  }
}
