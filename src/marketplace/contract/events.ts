import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Address, Amount, Id, Moment, OptionalField, Text } from '@aitbc/platform';
import { IsIn } from 'class-validator';
import { BOOKING_STATUSES, type BookingStatus } from './bookings.js';

export const END_REASONS = ['completed', 'cancelled', 'time_up', 'disputed'] as const;
export type EndReason = (typeof END_REASONS)[number];

/** An offer is reserved and waits for its money. Without `walletId` the client locks it by itself. */
export class BookingRequested extends Event {
  @Key() @Id() bookingId: string;
  @Id() offerId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @OptionalField() @Id() walletId?: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @Address() escrowAddress: string;
  @Amount() amount: bigint;
  /** When the escrow must expire; whole seconds. */
  @Moment() expiresAt: Date;
}

/** The money is locked: jobs may run until `endsAt`. */
export class BookingFunded extends Event {
  @Key() @Id() bookingId: string;
  @Id() offerId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @Moment() endsAt: Date;
}

/** No more jobs may run for this booking. Repeated while its settlement waits for the reported use. */
export class BookingEnded extends Event {
  @Key() @Id() bookingId: string;
  @IsIn(END_REASONS) reason: EndReason;
  /** Absent if it was never funded. */
  @OptionalField() @Moment() fundedAt?: Date;
}

/** The division of the money that `clientAddress` locked for the booking is decided. Once per escrow. */
export class SettlementDue extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  /** The provider's part before the fee, in base units; the rest goes back to the client. */
  @Amount() providerGross: bigint;
}

/** The chain has paid out the booking's money; this is final. */
export class BookingSettled extends Event {
  @Key() @Id() bookingId: string;
  @Id() offerId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @Text({ max: 100 }) transactionHash: string;
  @Amount() toProvider: bigint;
  @Amount() toTreasury: bigint;
  @Amount() toClient: bigint;
}

/** A booking's status has changed, for displays: its meaning for other modules is in the events above. */
export class BookingChanged extends Event {
  @Key() @Id() bookingId: string;
  @Id() offerId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @IsIn(BOOKING_STATUSES) status: BookingStatus;
}

/** Offers have changed: cached results must be invalidated. */
@Broadcast()
export class OffersChanged extends Event {}
