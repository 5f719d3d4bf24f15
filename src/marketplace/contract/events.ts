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
  /** When the escrow shall expire; whole seconds. */
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

/** No job may run for this booking any more. Told again while its money waits for what was made of it. */
export class BookingEnded extends Event {
  @Key() @Id() bookingId: string;
  @IsIn(END_REASONS) reason: EndReason;
  /** Absent where it never was. */
  @OptionalField() @Moment() fundedAt?: Date;
}

/** It is decided how the money that `clientAddress` locked for the booking is divided. Once per escrow. */
export class SettlementDue extends Event {
  @Key() @Id() bookingId: string;
  @Address() escrowAddress: string;
  @Address() clientAddress: string;
  /** The provider's part before the fee, in base units; the rest goes back to the client. */
  @Amount() providerGross: bigint;
}

/** The chain has paid out the booking's money; nothing more will happen to it. */
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

/** A booking has another status than before, for whoever shows it: what it means for others, the events above say. */
export class BookingChanged extends Event {
  @Key() @Id() bookingId: string;
  @Id() offerId: string;
  @Text({ max: 100 }) clientId: string;
  @Text({ max: 100 }) providerId: string;
  @IsIn(BOOKING_STATUSES) status: BookingStatus;
}

/** Offers are not what they were: what was computed from them before is to be forgotten. */
@Broadcast()
export class OffersChanged extends Event {}
