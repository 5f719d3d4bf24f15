import { View } from '@aitbc/modulith';
import { Address, Amount, Id, OptionalField, type Page, PageQuery } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { BOOKING_STATUSES, BookingPayoutView, type BookingStatus } from './bookings.js';

export const ESCROW_STATES = ['open', 'settled'] as const;
export type EscrowState = (typeof ESCROW_STATES)[number];

const LOCK = '0x6f1d3a0c5b7e9f2a4c6d8e0f1a3b5c7d9e0f2a4b6c8d0e1f3a5b7c9d0e2f4a6b';
const RELEASE = '0x1b3d5f7a9c0e2d4f6a8b0c1d3e5f7a9b0c2d4e6f8a0b1c3d5e7f9a0b2c4d6e8f';

/** Money that a client locked for a booking: open until the chain has paid it out. */
export class EscrowView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' }) bookingId: string;
  @ApiProperty({ enum: BOOKING_STATUSES, example: 'active' }) bookingStatus: BookingStatus;
  @ApiProperty({ enum: ESCROW_STATES, example: 'open', description: '`settled`: paid out, or withdrawn by the client' })
  state: EscrowState;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-00000000000c', description: 'User id' }) clientId: string;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' }) providerId: string;
  @Address({ description: 'The contract that holds the money' }) address: string;
  @Address() clientAddress: string;
  @Address() providerAddress: string;
  @Amount({ example: '1.5' }) locked: bigint;
  @ApiProperty({
    type: String,
    nullable: true,
    example: '1.5',
    description: 'In AIT: the provider’s part before the fee, once it is decided',
  })
  providerGross: bigint | null;
  @ApiProperty({ type: BookingPayoutView, nullable: true }) payout: BookingPayoutView | null;
  @ApiProperty({ example: LOCK }) lockTransaction: string;
  @ApiProperty({ type: String, nullable: true, example: RELEASE }) releaseTransaction: string | null;
  @ApiProperty({ example: '2026-02-07T01:10:00.000Z', description: 'Then the client can withdraw what is unsettled' })
  expiresAt: Date;
}

/** All users' escrows, by booking, newest first. For operators. */
export class ListEscrows extends PageQuery<Page<EscrowView>> {
  @ApiPropertyOptional({ enum: ESCROW_STATES, example: 'open' })
  @OptionalField()
  @IsIn(ESCROW_STATES)
  state?: EscrowState;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000c', description: 'User id' })
  @OptionalField()
  @Id()
  clientId?: string;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id' })
  @OptionalField()
  @Id()
  providerId?: string;
}
