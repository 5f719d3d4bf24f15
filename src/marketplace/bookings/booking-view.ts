import type { LockCallView } from '../contract/bookings.js';
import { BookingDisputeView, BookingEscrowView, BookingPayoutView, BookingView } from '../contract/bookings.js';
import type { BookingEscrow } from './booking-escrow.js';
import type { Booking } from './booking.entity.js';

/** @param lock the transaction that a client without a wallet here still has to send */
export function toBookingView(booking: Booking, lock: LockCallView | null = null): BookingView {
  const { id, offerId, clientId, providerId, status, durationHours, pricePerHour, total, escrow } = booking;
  const { failure, jobsTried, jobsCompleted, jobsFailed, createdAt, fundedAt, endsAt, dueAt } = booking;
  return BookingView.of({
    id,
    offerId,
    clientId,
    providerId,
    clientAddress: escrow.clientAddress,
    providerAddress: escrow.providerAddress,
    status,
    durationHours,
    pricePerHour,
    total,
    escrow: BookingEscrowView.of({
      address: escrow.address,
      expiresAt: escrow.expiresAt,
      lockTransaction: escrow.lockTransaction,
      releaseTransaction: escrow.releaseTransaction,
    }),
    lock,
    payout: toPayoutView(escrow),
    dispute: toDisputeView(booking),
    failure,
    jobsTried,
    jobsCompleted,
    jobsFailed,
    createdAt,
    fundedAt,
    endsAt,
    dueAt,
  });
}

export function toPayoutView({ toProvider, toTreasury, toClient }: BookingEscrow): BookingPayoutView | null {
  if (toProvider === null || toTreasury === null || toClient === null) return null;
  return BookingPayoutView.of({ toProvider, toTreasury, toClient });
}

function toDisputeView({ disputedBy, disputeReason, disputedAt }: Booking): BookingDisputeView | null {
  if (disputedBy === null || disputeReason === null || disputedAt === null) return null;
  return BookingDisputeView.of({ by: disputedBy, reason: disputeReason, openedAt: disputedAt });
}
