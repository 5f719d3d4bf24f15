import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { EscrowLockFailed } from '../../wallet/contract/index.js';
import { BookingChanges } from './booking-changes.js';

@EventsHandler(EscrowLockFailed)
export class CancelUnfundedBooking implements IEventHandler<EscrowLockFailed> {
  constructor(private readonly changes: BookingChanges) {}

  async handle({ bookingId, code, detail }: EscrowLockFailed) {
    await this.changes.applyIfKnown(bookingId, (booking, now) => booking.lockRefused(`${code}: ${detail}`, now));
  }
}
