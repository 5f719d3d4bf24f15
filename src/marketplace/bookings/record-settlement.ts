import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { EscrowSettled } from '../../wallet/contract/index.js';
import { BookingChanges } from './booking-changes.js';

@EventsHandler(EscrowSettled)
export class RecordSettlement implements IEventHandler<EscrowSettled> {
  constructor(private readonly changes: BookingChanges) {}

  async handle(settled: EscrowSettled) {
    await this.changes.applyIfKnown(settled.bookingId, (booking) => booking.settlementConfirmed(settled));
  }
}
