import { Command, Query, View } from '@aitbc/modulith';
import {
  Address,
  Amount,
  Id,
  InsteadOf,
  Nested,
  OptionalField,
  type Page,
  PageQuery,
  Switch,
  Text,
  WholeNumber,
} from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { AddressProofView } from './address-proofs.js';

export const BOOKING_STATUSES = [
  'requested',
  'funded',
  'active',
  'ended',
  'disputed',
  'settling',
  'settled',
  'cancelled',
] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

const TRANSACTION = {
  type: String,
  nullable: true,
  example: '0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b',
} as const;
const TIME = { type: Date, nullable: true, example: '2026-01-01T00:00:00.000Z' } as const;

/** The escrow on the chain: the contract, the locking transaction and the payout. */
export class BookingEscrowView extends View {
  @Address() address: string;
  @ApiProperty({ example: '2026-02-07T01:10:00.000Z', description: 'Then the client can withdraw what is unsettled' })
  expiresAt: Date;
  @ApiProperty(TRANSACTION) lockTransaction: string | null;
  @ApiProperty(TRANSACTION) releaseTransaction: string | null;
}

/** The payouts as confirmed by the chain. The three add up to the locked amount. */
export class BookingPayoutView extends View {
  @Amount({ example: '1.4625' }) toProvider: bigint;
  @Amount({ example: '0.0375' }) toTreasury: bigint;
  @Amount({ example: '0' }) toClient: bigint;
}

export class BookingDisputeView extends View {
  @ApiProperty({ enum: ['client', 'provider'], example: 'client' }) by: 'client' | 'provider';
  @ApiProperty({ example: 'Every job failed with an out-of-memory error.' }) reason: string;
  @ApiProperty({ example: '2026-01-01T00:40:00.000Z' }) openedAt: Date;
}

/** The transaction with which a client without a wallet here locks the money. */
export class LockCallView extends View {
  @Address() to: string;
  @ApiProperty({ example: '0x338b5dea' }) data: string;
  @ApiProperty({ example: '1500000000000000000', description: 'In base units (1e-18 AIT), as a transaction takes it' })
  value: string;
  @ApiProperty({ example: 7733 }) chainId: number;
}

export class BookingView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) id: string;
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) offerId: string;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-00000000000c', description: 'User id' }) clientId: string;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' }) providerId: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @ApiProperty({ enum: BOOKING_STATUSES, example: 'requested' }) status: BookingStatus;
  @ApiProperty({ example: 1 }) durationHours: number;
  @Amount({ example: '1.5' }) pricePerHour: bigint;
  @Amount({ example: '1.5', description: 'Price per hour times hours: what the escrow locks' }) total: bigint;
  @ApiProperty({ type: BookingEscrowView }) escrow: BookingEscrowView;
  @ApiProperty({
    type: LockCallView,
    nullable: true,
    description: 'While a booking without walletId waits for its money',
  })
  lock: LockCallView | null;
  @ApiProperty({ type: BookingPayoutView, nullable: true }) payout: BookingPayoutView | null;
  @ApiProperty({ type: BookingDisputeView, nullable: true }) dispute: BookingDisputeView | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it was cancelled without the client' })
  failure: string | null;
  @ApiProperty({ example: 1, description: 'Jobs that were executed or failed through the provider' }) jobsTried: number;
  @ApiProperty({ example: 1 }) jobsCompleted: number;
  @ApiProperty({
    example: 0,
    description: 'Jobs that failed through the provider. When all tried ones did, the client gets the money back',
  })
  jobsFailed: number;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) createdAt: Date;
  @ApiProperty(TIME) fundedAt: Date | null;
  @ApiProperty({ ...TIME, description: 'When the booked time is up' }) endsAt: Date | null;
  @ApiProperty({ ...TIME, description: 'When the next time limit of its state passes' }) dueAt: Date | null;
}

/** Reserves an offer. The client names a wallet kept here, or an address whose owner locks the money by itself. */
export class BookOffer extends Command<BookingView> {
  @Id() offerId: string;

  @ApiProperty({ example: 1, minimum: 1, maximum: 8760 }) @WholeNumber({ min: 1, max: 8760 }) durationHours: number;

  @ApiPropertyOptional({
    example: '019a2b3c-0000-7000-8000-000000000002',
    description: 'A wallet of the client, unlocked',
  })
  @InsteadOf('clientAddress')
  @Id()
  walletId?: string;

  @Address({ optional: true, description: 'Instead of walletId: the address that will lock the money by itself' })
  clientAddress?: string;

  @ApiPropertyOptional({ type: AddressProofView, description: 'With clientAddress: that it is the caller’s own' })
  @OptionalField()
  @Nested(() => AddressProofView)
  proof?: AddressProofView;

  @ApiPropertyOptional({
    example: false,
    default: false,
    description: 'Book it though no agent of the offer is online',
  })
  @OptionalField()
  @Switch()
  withoutAgent?: boolean;

  @Amount({ optional: true, description: 'The price per hour that you saw: refused when it has changed meanwhile' })
  pricePerHour?: bigint;
}

/**
 * The client ends a booking early and pays the hours that have begun. All money back without any job taken: within ten
 * minutes of the funding, or when no agent of the offer was online meanwhile.
 */
export class CancelBooking extends Command<BookingView> {
  @Id() bookingId: string;
}

/** The provider rejects an unfunded booking: the offer is available again. */
export class RefuseBooking extends Command<BookingView> {
  @Id() bookingId: string;

  @ApiPropertyOptional({ example: 'The machine is down for repair.', maxLength: 500 })
  @OptionalField()
  @Text({ max: 500, controls: 'lines' })
  reason?: string;
}

/** The client accepts: the provider is paid in full at once, without a dispute window. */
export class CompleteBooking extends Command<BookingView> {
  @Id() bookingId: string;
}

/** Client or provider freezes the money until an operator decides. */
export class DisputeBooking extends Command<BookingView> {
  @Id() bookingId: string;

  @ApiProperty({ example: 'Every job failed with an out-of-memory error.', maxLength: 1000 })
  @Text({ max: 1000, controls: 'lines' })
  reason: string;
}

/** An operator disputes a booking on behalf of its client, for a refund: a decision follows. */
export class DisputeForClient extends Command<BookingView> {
  @Id() bookingId: string;

  @ApiProperty({ example: 'The provider is known to sell GPUs that are not there.', maxLength: 1000 })
  @Text({ max: 1000, controls: 'lines' })
  reason: string;
}

/** An operator divides a disputed booking's money, by amount or by share. */
export class DecideBooking extends Command<BookingView> {
  @Id() bookingId: string;

  @Amount({ optional: true, description: "The provider's part before the fee; the rest goes back", example: '0.75' })
  providerGross?: bigint;

  @ApiPropertyOptional({ example: 5000, description: "The provider's part in hundredths of a percent of the total" })
  @InsteadOf('providerGross')
  @WholeNumber({ min: 0, max: 10_000 })
  providerShare?: number;
}

/** Visible to its client, its provider and operators; not found for others. */
export class GetBooking extends Query<BookingView> {
  @Id() bookingId: string;
}

/** The caller's bookings, as client or provider, newest first; an operator sees all. */
export class ListBookings extends PageQuery<Page<BookingView>> {
  @ApiPropertyOptional({ enum: BOOKING_STATUSES, example: 'active' })
  @OptionalField()
  @IsIn(BOOKING_STATUSES)
  status?: BookingStatus;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000c', description: 'User id' })
  @OptionalField()
  @Id()
  clientId?: string;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' })
  @OptionalField()
  @Id()
  providerId?: string;
}
