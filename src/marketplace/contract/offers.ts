import { Command, Query, View } from '@aitbc/modulith';
import {
  Address,
  AIT,
  Amount,
  Id,
  Moment,
  OptionalField,
  type Page,
  PageQuery,
  Text,
  TextList,
  WholeNumber,
  WholeNumberList,
} from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { AmountUpTo } from './constraints.js';

export const OFFER_STATUSES = ['available', 'reserved', 'in_use', 'delisted', 'expired'] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];

export const OFFER_SORTS = ['-createdAt', 'createdAt', 'pricePerHour', '-pricePerHour'] as const;
export type OfferSort = (typeof OFFER_SORTS)[number];

const PRINTABLE = {
  max: 64,
  pattern: /^[\p{L}\p{N}][\p{L}\p{N} ._+/()-]*$/u,
  says: 'must be 1 to 64 letters, digits, spaces or ._+/()-',
} as const;
const WORD = {
  max: 32,
  pattern: /^[a-z0-9][a-z0-9-]*$/,
  says: 'must be 1 to 32 lower case letters, digits or hyphens',
} as const;

export class OfferView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071' }) id: string;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id of the provider' })
  providerId: string;
  @ApiProperty({ example: '019a2b3c-0000-7000-8000-000000000001', description: 'The wallet that earns' })
  walletId: string;
  @Address() providerAddress: string;
  @ApiProperty({ example: 'NVIDIA H100 SXM' }) gpuModel: string;
  @ApiProperty({ example: 80 }) gpuMemoryGb: number;
  @ApiProperty({ example: 1 }) gpuCount: number;
  @ApiProperty({ example: 'eu-west' }) region: string;
  @ApiProperty({ example: ['wasm'], type: [String] }) capabilities: string[];
  @Amount({ description: 'Price per hour in AIT', example: '1.5' }) pricePerHour: bigint;
  @ApiProperty({ enum: OFFER_STATUSES, example: 'available' }) status: OfferStatus;
  @ApiProperty({ description: 'Grows by one with each change', example: 1 }) version: number;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, example: null, description: 'Not bookable from then on' })
  expiresAt: Date | null;
  @ApiProperty({
    type: Number,
    nullable: true,
    example: 1,
    description:
      'Agents of the offer that are online; with none it is not bookable unless `withoutAgent` is set. Null: not known now',
  })
  agentsOnline: number | null;
  @ApiProperty({
    type: Date,
    nullable: true,
    example: '2026-01-01T00:00:00.000Z',
    description: 'When an agent was last heard from',
  })
  agentSeenAt: Date | null;
}

/** Offers a GPU for booking. `walletId` must be the caller's own: the escrow pays to its address. */
export class CreateOffer extends Command<OfferView> {
  @ApiProperty({ example: 'NVIDIA H100 SXM' })
  @Text(PRINTABLE)
  gpuModel: string;

  @ApiProperty({ example: 80, minimum: 1, maximum: 4096 }) @WholeNumber({ min: 1, max: 4096 }) gpuMemoryGb: number;
  @ApiProperty({ example: 1, minimum: 1, maximum: 1024 }) @WholeNumber({ min: 1, max: 1024 }) gpuCount: number;

  @ApiProperty({ example: 'eu-west' })
  @Text(WORD)
  region: string;

  @Amount({ positive: true, description: 'Price per hour in AIT, at most 1000000', example: '1.5' })
  @AmountUpTo(1_000_000n * AIT, '1000000')
  pricePerHour: bigint;

  @ApiProperty({ example: ['wasm'], type: [String], maxItems: 16 })
  @TextList(WORD, { max: 16, unique: true })
  capabilities: string[];

  @ApiProperty({ example: '019a2b3c-0000-7000-8000-000000000001', description: 'The wallet that earns' })
  @Id()
  walletId: string;

  @ApiPropertyOptional({
    example: '2027-01-01T00:00:00.000Z',
    description: 'Not bookable from then on; never by default',
  })
  @OptionalField()
  @Moment()
  expiresAt?: Date;
}

/**
 * Changes the price of an available offer, or retires it. Bookings keep their original price.
 * @throws OfferNotFound, OfferChanged, OfferNotChangeable
 */
export class ChangeOffer extends Command<OfferView> {
  @Id() offerId: string;

  @Amount({ optional: true, positive: true, description: 'Price per hour in AIT, at most 1000000', example: '1.75' })
  @AmountUpTo(1_000_000n * AIT, '1000000')
  pricePerHour?: bigint;

  @ApiPropertyOptional({ enum: ['delisted'], example: 'delisted', description: 'Takes it off the market for good' })
  @OptionalField()
  @IsIn(['delisted'])
  status?: 'delisted';

  /** The versions that may be changed; any if absent. */
  @OptionalField() @WholeNumberList({ min: 0, max: Number.MAX_SAFE_INTEGER }, { max: 1_000 }) versions?: number[];
}

/** Takes an available offer off the market for good. */
export class CancelOffer extends Command<OfferView> {
  @Id() offerId: string;
}

export class GetOffer extends Query<OfferView> {
  @Id() offerId: string;
}

export class ListOffers extends PageQuery<Page<OfferView>> {
  @ApiPropertyOptional({ enum: OFFER_STATUSES, example: 'available' })
  @OptionalField()
  @IsIn(OFFER_STATUSES)
  status?: OfferStatus;

  @ApiPropertyOptional({ example: '019a2b3c-0000-7000-8000-00000000000d', description: 'User id of the provider' })
  @OptionalField()
  @Id()
  providerId?: string;

  @ApiPropertyOptional({ example: 'h100', description: 'Part of the model name, in any case' })
  @OptionalField()
  @Text(PRINTABLE)
  gpuModel?: string;

  @ApiPropertyOptional({ example: 'eu-west' })
  @OptionalField()
  @Text(WORD)
  region?: string;

  @Amount({ optional: true, description: 'Highest price per hour in AIT', example: '2.5' })
  maxPricePerHour?: bigint;

  @ApiPropertyOptional({ enum: OFFER_SORTS, default: '-createdAt' })
  @OptionalField()
  @IsIn(OFFER_SORTS)
  sort?: OfferSort;
}
