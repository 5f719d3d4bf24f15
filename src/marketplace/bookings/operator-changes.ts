import { type Event, Forbidden, type Principal, requirePrincipal } from '@aitbc/modulith';
import { Injectable } from '@nestjs/common';
import { EventBus } from '@nestjs/cqrs';
import { MarketplaceAudited } from '../contract/audited.js';
import { PartyCannotDecide } from '../contract/errors.js';
import { isOperator } from './booking-access.js';
import { BookingChanges } from './booking-changes.js';
import type { Booking } from './booking.entity.js';

/** Operator actions on bookings, with audit records. Part of the caller's unit of work. */
@Injectable()
export class OperatorChanges {
  constructor(
    private readonly changes: BookingChanges,
    private readonly events: EventBus,
  ) {}

  /** @throws Forbidden, BookingNotFound, PartyCannotDecide, and what the booking refuses */
  async apply(
    bookingId: string,
    action: string,
    change: (booking: Booking, operator: Principal, now: Date) => Event[],
  ): Promise<Booking> {
    const operator = requirePrincipal();
    if (!isOperator(operator)) throw new Forbidden();
    let before: Record<string, unknown> | undefined;
    const changed = await this.changes.apply(bookingId, (booking, now) => {
      if (booking.partyOf(operator.subject)) throw new PartyCannotDecide(bookingId);
      before = stateOf(booking);
      return change(booking, operator, now);
    });
    const resource = `marketplace.booking ${bookingId}`;
    this.events.publish(MarketplaceAudited.of({ resource, action, before, after: stateOf(changed) }));
    return changed;
  }
}

function stateOf({ status, disputedBy, disputeReason, decidedBy, total, escrow }: Booking) {
  return { status, disputedBy, disputeReason, decidedBy, total, providerGross: escrow.providerGross };
}
