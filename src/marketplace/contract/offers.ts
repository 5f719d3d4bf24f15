import { Command, Query, View } from '@aitbc/modulith';
import { Address, AIT, Amount, type Page, PageQuery } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsDate,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { AmountUpTo } from './constraints.js';

export const OFFER_STATUSES = ['available', 'reserved', 'in_use', 'delisted', 'expired'] as const;
export type OfferStatus = (typeof OFFER_STATUSES)[number];

export const OFFER_SORTS = ['-createdAt', 'createdAt', 'pricePerHour', '-pricePerHour'] as const;
export type OfferSort = (typeof OFFER_SORTS)[number];

const PRINTABLE = /^[\p{L}\p{N}][\p{L}\p{N} ._+/()-]{0,63}$/u;
const WORD = /^[a-z0-9][a-z0-9-]{0,31}$/;

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
}

/** Puts a GPU up for booking. `walletId` must be the caller's own: its address is where the escrow pays to. */
export class CreateOffer extends Command<OfferView> {
  @ApiProperty({ example: 'NVIDIA H100 SXM' })
  @Matches(PRINTABLE, { message: 'gpuModel must be 1 to 64 letters, digits, spaces or ._+/()-' })
  gpuModel: string;

  @ApiProperty({ example: 80, minimum: 1, maximum: 4096 }) @IsInt() @Min(1) @Max(4096) gpuMemoryGb: number;
  @ApiProperty({ example: 1, minimum: 1, maximum: 1024 }) @IsInt() @Min(1) @Max(1024) gpuCount: number;

  @ApiProperty({ example: 'eu-west' })
  @Matches(WORD, { message: 'region must be 1 to 32 lower case letters, digits or hyphens' })
  region: string;

  @Amount({ positive: true, description: 'Price per hour in AIT, at most 1000000', example: '1.5' })
  @AmountUpTo(1_000_000n * AIT, '1000000')
  pricePerHour: bigint;

  @ApiProperty({ example: ['wasm'], type: [String], maxItems: 16 })
  @IsArray()
  @ArrayMaxSize(16)
  @ArrayUnique()
  @Matches(WORD, { each: true, message: 'capabilities must be lower case words' })
  capabilities: string[];

  @ApiProperty({ example: '019a2b3c-0000-7000-8000-000000000001', description: 'The wallet that earns' })
  @IsUUID()
  walletId: string;

  @ApiPropertyOptional({
    example: '2027-01-01T00:00:00.000Z',
    description: 'Not bookable from then on; never by default',
  })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  expiresAt?: Date;
}

/** Takes an available offer off the market for good. */
export class CancelOffer extends Command<OfferView> {
  @IsUUID() offerId: string;
}

export class GetOffer extends Query<OfferView> {
  @IsUUID() offerId: string;
}

export class ListOffers extends PageQuery<Page<OfferView>> {
  @ApiPropertyOptional({ enum: OFFER_STATUSES, example: 'available' })
  @IsOptional()
  @IsIn(OFFER_STATUSES)
  status?: OfferStatus;

  @ApiPropertyOptional({ example: 'h100', description: 'Part of the model name, in any case' })
  @IsOptional()
  @Matches(PRINTABLE, { message: 'gpuModel must be 1 to 64 letters, digits, spaces or ._+/()-' })
  gpuModel?: string;

  @ApiPropertyOptional({ example: 'eu-west' })
  @IsOptional()
  @Matches(WORD, { message: 'region must be 1 to 32 lower case letters, digits or hyphens' })
  region?: string;

  @Amount({ optional: true, description: 'Highest price per hour in AIT', example: '2.5' })
  maxPricePerHour?: bigint;

  @ApiPropertyOptional({ enum: OFFER_SORTS, default: '-createdAt' })
  @IsOptional()
  @IsIn(OFFER_SORTS)
  sort?: OfferSort;
}
