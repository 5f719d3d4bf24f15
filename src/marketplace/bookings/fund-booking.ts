import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { EscrowLocked } from '../../wallet/contract/index.js';
import { BookingChanges } from './booking-changes.js';

/** What counts is the escrow on the chain, whoever sent the transaction. */
@EventsHandler(EscrowLocked)
export class FundBooking implements IEventHandler<EscrowLocked> {
  constructor(private readonly changes: BookingChanges) {}

  async handle(locked: EscrowLocked) {
    await this.changes.applyIfKnown(locked.bookingId, (booking, now) => booking.lockConfirmed(locked, now));
  }
}
