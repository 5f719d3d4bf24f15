import { Command, DomainError, Query, View } from '@aitbc/modulith';
import { OptionalField, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

const SETTINGS = ['isolated', 'closed'] as const;

export class ProcessBreakerView extends View {
  @ApiProperty({ example: 'gpu-1-4711-9f2c1a' }) process: string;
  @ApiProperty({ type: String, nullable: true, enum: ['closed', 'half_open', 'open', 'isolated'], example: 'isolated' })
  breaker: string | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why the process could not be told' })
  problem: string | null;
}

export class BreakerView extends View {
  @ApiProperty({ example: 'wallet' }) module: string;
  @ApiProperty({ type: [ProcessBreakerView], description: 'Those that reach the module over Redis' })
  processes: ProcessBreakerView[];
}

/**
 * Manually opens or closes the circuit breakers of every process that calls a module.
 * @throws ModuleUnknown, BreakerNeeded, NoBreaker
 */
export class SetBreaker extends Command<BreakerView> {
  @Text({ max: 100 }) module: string;
  @ApiProperty({
    enum: SETTINGS,
    example: 'isolated',
    description: '`isolated`: calls to the module fail at once, until it is `closed`',
  })
  @IsIn(SETTINGS)
  state: (typeof SETTINGS)[number];
}

export class OutboxShareView extends View {
  @ApiProperty({ example: 'wallet', description: 'The module that has yet to confirm them' }) target: string;
  @ApiProperty({ example: 'marketplace.SettlementDue' }) name: string;
  @ApiProperty({ example: 12 }) count: number;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) oldest: Date;
}

export class OutboxRowView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000001' }) messageId: string;
  @ApiProperty({ example: 'wallet' }) target: string;
  @ApiProperty({ example: 'marketplace.SettlementDue' }) name: string;
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000002' }) key: string;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) publishedAt: Date;
}

export class OutboxView extends View {
  @ApiProperty({ example: 'marketplace', description: 'The module that published them' }) module: string;
  @ApiProperty({ type: [OutboxShareView] }) waiting: OutboxShareView[];
  @ApiProperty({ type: [OutboxRowView], description: 'The first in line; what they hold is not shown' })
  first: OutboxRowView[];
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why nothing is known of it' })
  problem: string | null;
}

class OfModule<R> extends Query<R> {
  @ApiPropertyOptional({ example: 'marketplace', description: 'All modules unless given' })
  @OptionalField()
  @Text({ max: 100 })
  module?: string;

  @ApiPropertyOptional({ example: 10, minimum: 1, maximum: 100, default: 10, description: 'Rows of each module' })
  @OptionalField()
  @WholeNumber({ min: 1, max: 100, fromText: true })
  limit?: number = 10;
}

/** The events that some subscriber has not confirmed. */
export class InspectOutbox extends OfModule<OutboxView[]> {
  @ApiPropertyOptional({ example: 'wallet', description: 'The subscriber' })
  @OptionalField()
  @Text({ max: 100 })
  target?: string;
}

export class PendingView extends View {
  @ApiProperty({ example: 'wallet' }) module: string;
  @ApiProperty({ enum: ['calls', 'events'], example: 'calls' }) kind: 'calls' | 'events';
  @ApiProperty({ example: 'gpu-1-4711-9f2c1a', description: 'The process that has taken it' }) process: string;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) sentAt: Date;
  @ApiProperty({ example: 1, description: 'More than one: it was taken over from a process that ended or stood still' })
  deliveries: number;
}

/** Messages that replicas have taken from Redis and not finished, the oldest of each module first. */
export class InspectPending extends OfModule<PendingView[]> {}

/** Monitoring closes breakers: with the breaker to monitoring open, none could be closed. */
export class BreakerNeeded extends DomainError<{ module: string }> {
  static override readonly code = 'monitoring.breaker_needed';
  static override readonly kind = 'unprocessable';
  constructor(module: string) {
    super(`Without "${module}" nobody could close the breaker again.`, { module });
  }
}

export class NoBreaker extends DomainError<{ module: string }> {
  static override readonly code = 'monitoring.no_breaker';
  static override readonly kind = 'unprocessable';
  constructor(module: string) {
    super(`No process calls "${module}" over Redis, so there is no breaker.`, { module });
  }
}
