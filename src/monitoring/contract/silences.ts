import { Command, DomainError, Query, View } from '@aitbc/modulith';
import { Id, Moment, OptionalField, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ALERT_SEVERITIES, type AlertSeverity } from './alert-rules.js';

export class SilenceView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f60b1' }) id: string;
  @ApiProperty({ type: String, nullable: true, example: 'ChainStalled', description: 'Null: every rule' })
  rule: string | null;
  @ApiProperty({ enum: ALERT_SEVERITIES, nullable: true, example: null, description: 'Null: every severity' })
  severity: AlertSeverity | null;
  @ApiProperty() startsAt: Date;
  @ApiProperty() until: Date;
  @ApiProperty({ example: 'The validator is moved to another machine' }) comment: string;
  @ApiProperty({ description: 'The operator’s id' }) createdBy: string;
}

/**
 * Suppresses the firing notifications of matching alerts for a time; alerts still firing at its end notify then. At
 * least one of rule and severity is given; if both are, both must match.
 * @throws SilenceMatchesAll, SilenceIsPast, UnknownRule
 */
export class SilenceAlerts extends Command<SilenceView> {
  @ApiPropertyOptional({ example: 'ChainStalled' }) @OptionalField() @Text({ max: 64 }) rule?: string;

  @ApiPropertyOptional({ enum: ALERT_SEVERITIES, example: 'warning' })
  @OptionalField()
  @IsIn(ALERT_SEVERITIES)
  severity?: AlertSeverity;

  @ApiProperty({ example: '2099-01-01T00:00:00.000Z' }) @Moment() until: Date;

  @ApiProperty({ example: 'The validator is moved to another machine', maxLength: 500 })
  @Text({ max: 500, controls: 'lines' })
  comment: string;
}

/** Ends a silence now. @throws SilenceNotFound */
export class EndSilence extends Command<void> {
  @Id() silenceId: string;
}

/** The current silences, the next to end first. */
export class ListSilences extends Query<SilenceView[]> {}

export class SilenceNotFound extends DomainError {
  static override readonly code = 'monitoring.silence_not_found';
  static override readonly kind = 'not_found';
  constructor(silenceId: string) {
    super('There is no such silence, or it is over.', { silenceId });
  }
}

/** Silencing everything is more likely a mistake than an intention. */
export class SilenceMatchesAll extends DomainError {
  static override readonly code = 'monitoring.silence_matches_all';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('A silence names a rule or a severity.', { field: 'rule' });
  }
}

export class SilenceIsPast extends DomainError {
  static override readonly code = 'monitoring.silence_is_past';
  static override readonly kind = 'unprocessable';
  constructor(until: Date) {
    super('The silence would be over already.', { field: 'until', until: until.toISOString() });
  }
}

export class UnknownRule extends DomainError {
  static override readonly code = 'monitoring.unknown_rule';
  static override readonly kind = 'unprocessable';
  constructor(rule: string) {
    super(`rule: there is no alert rule "${rule}".`, { field: 'rule', rule });
  }
}

export class TooManySilences extends DomainError {
  static override readonly code = 'monitoring.too_many_silences';
  static override readonly kind = 'unprocessable';
  constructor(most: number) {
    super(`There are ${most} silences already; end one first.`, { most });
  }
}
