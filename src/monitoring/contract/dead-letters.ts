import { Command, Query, View } from '@aitbc/modulith';
import { Id, IsCursor, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const STATES = ['failed', 'waiting', 'delayed'] as const;
type State = (typeof STATES)[number];

export class DeadLetterView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000000' }) id: string;
  @ApiProperty({ example: 'wallet', description: 'The module whose handler gave up' }) module: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000001' }) messageId: string;
  @ApiProperty({ example: 'marketplace.SettlementDue' }) name: string;
  @ApiProperty({ example: 'SettleEscrow' }) handler: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000002', description: 'Events of one key keep their order' })
  key: string;
  @ApiProperty({
    enum: STATES,
    example: 'failed',
    description:
      '`delayed`: what its handler needs is away, and it is tried again; `waiting`: comes behind another of the same key',
  })
  state: State;
  @ApiProperty({ example: 5 }) attempts: number;
  @ApiProperty({ example: 'internal_error' }) errorCode: string;
  @ApiProperty({ example: 'TypeError: …' }) errorMessage: string;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) createdAt: Date;
  @ApiProperty({
    example: '{"bookingId":"01914b7a-2f60-7000-8000-000000000002"}',
    description: 'The event as it was sent; secret fields stay encrypted',
  })
  payload: string;
}

/** The dead letters of all running modules, oldest first. */
export class ListDeadLetters extends PageQuery<Page<DeadLetterView>> {
  @ApiPropertyOptional({ example: 'wallet' }) @OptionalField() @Text({ max: 100 }) module?: string;
  @ApiPropertyOptional({ example: 'SettleEscrow' }) @OptionalField() @Text({ max: 200 }) handler?: string;
  @ApiPropertyOptional({ example: 'marketplace.SettlementDue', description: 'The event' })
  @OptionalField()
  @Text({ max: 200 })
  name?: string;
  @ApiPropertyOptional({ example: '01914b7a-2f60-7000-8000-000000000002' })
  @OptionalField()
  @Text({ max: 200 })
  key?: string;
  @ApiPropertyOptional({ enum: STATES, example: 'failed' }) @OptionalField() @IsIn(STATES) state?: State;
  @ApiPropertyOptional({ example: 'internal_error' }) @OptionalField() @Text({ max: 200 }) errorCode?: string;
}

/** @throws DeadLetterNotFound */
export class GetDeadLetter extends Query<DeadLetterView> {
  @Id() id: string;
}

export class ReplayedView extends View {
  @ApiProperty({ example: 3, description: 'How many events of the key were applied' }) applied: number;
}

/**
 * Replays the oldest dead letter of the same handler and key, then those that wait behind it.
 * @throws DeadLetterNotFound
 */
export class ReplayDeadLetter extends Command<ReplayedView> {
  @Id() id: string;
}

export class ReplayOutcomeView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000000' }) id: string;
  @ApiProperty({ example: 'wallet' }) module: string;
  @ApiProperty({ example: 'SettleEscrow' }) handler: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000002' }) key: string;
  @ApiProperty({ example: 1, description: 'How many events of the key were applied' }) applied: number;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it failed again' })
  errorCode: string | null;
}

export class ReplayReportView extends View {
  @ApiProperty({ type: [ReplayOutcomeView] }) letters: ReplayOutcomeView[];
  @ApiProperty({
    example: false,
    description: 'Whether more that fit were not tried, for want of time or by the limit',
  })
  hasMore: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The `cursor` with which a next call goes on behind those tried; null when there are no more',
  })
  nextCursor: string | null;
}

/**
 * Replays the matching failed dead letters, oldest first, each with those that wait behind it. A letter that fails
 * again stays the oldest: the cursor of the previous report continues after it.
 */
export class ReplayDeadLetters extends Command<ReplayReportView> {
  @ApiPropertyOptional({ example: 'wallet' }) @OptionalField() @Text({ max: 100 }) module?: string;
  @ApiPropertyOptional({ example: 'SettleEscrow' }) @OptionalField() @Text({ max: 200 }) handler?: string;
  @ApiPropertyOptional({ example: 'marketplace.SettlementDue', description: 'The event' })
  @OptionalField()
  @Text({ max: 200 })
  name?: string;
  @ApiPropertyOptional({ example: 'internal_error' }) @OptionalField() @Text({ max: 200 }) errorCode?: string;
  @ApiPropertyOptional({ example: 20, minimum: 1, maximum: 100, default: 20 })
  @OptionalField()
  @WholeNumber({ min: 1, max: 100 })
  limit?: number;
  @ApiPropertyOptional({ example: 'WyIwMTlhMmIzYyJd', description: '`nextCursor` of the report before' })
  @OptionalField()
  @IsCursor()
  cursor?: string;
}

/**
 * Drops an event permanently; the letters behind it continue.
 * @throws DeadLetterNotFound
 */
export class DiscardDeadLetter extends Command<void> {
  @Id() id: string;
}
