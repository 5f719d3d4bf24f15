import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { EscrowWithdrawn } from '../../wallet/contract/index.js';
import { BookingChanges } from './booking-changes.js';

@EventsHandler(EscrowWithdrawn)
export class RecordWithdrawal implements IEventHandler<EscrowWithdrawn> {
  constructor(private readonly changes: BookingChanges) {}

  async handle(withdrawn: EscrowWithdrawn) {
    await this.changes.applyIfKnown(withdrawn.bookingId, (booking, now) => booking.escrowWithdrawn(withdrawn, now));
  }
}
