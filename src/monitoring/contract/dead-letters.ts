import { Command, Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

export class DeadLetterView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000000' }) id: string;
  @ApiProperty({ example: 'wallet', description: 'The module whose handler gave up' }) module: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000001' }) messageId: string;
  @ApiProperty({ example: 'marketplace.SettlementDue' }) name: string;
  @ApiProperty({ example: 'SettleEscrow' }) handler: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000002', description: 'Events of one key keep their order' })
  key: string;
  @ApiProperty({ enum: ['failed', 'waiting'], description: '`waiting`: comes behind a failed one of the same key' })
  state: 'failed' | 'waiting';
  @ApiProperty({ example: 5 }) attempts: number;
  @ApiProperty({ example: 'internal_error' }) errorCode: string;
  @ApiProperty({ example: 'TypeError: …' }) errorMessage: string;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ description: 'The event as it was sent; secret fields stay encrypted' }) payload: string;
}

export class ListDeadLetters extends Query<DeadLetterView[]> {
  @ApiProperty({ required: false, minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  limit?: number;
}

export class ReplayedView extends View {
  @ApiProperty({ example: 3, description: 'How many events of the key were applied' }) applied: number;
}

/**
 * Applies the oldest dead letter of the same handler and key again, then those that wait behind it.
 * @throws DeadLetterNotFound
 */
export class ReplayDeadLetter extends Command<ReplayedView> {
  @IsUUID() id: string;
}

/**
 * Gives an event up for good; those behind it go on.
 * @throws DeadLetterNotFound
 */
export class DiscardDeadLetter extends Command<void> {
  @IsUUID() id: string;
}
