import { Command, DomainError, Query, View } from '@aitbc/modulith';
import { NestedList, NullableField, OptionalField, Text, TextList, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsNumber, ValidateIf } from 'class-validator';

export const ALERT_KINDS = ['threshold', 'rate', 'absence'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

export const COMPARISONS = ['>', '>=', '<', '<='] as const;
export type Comparison = (typeof COMPARISONS)[number];
/** Client generators derive names from the values, which these symbols do not allow. */
const COMPARISON = {
  enum: COMPARISONS,
  'x-enum-varnames': ['MORE_THAN', 'AT_LEAST', 'LESS_THAN', 'AT_MOST'],
  example: '>',
} as const;

const NAME = {
  max: 64,
  pattern: /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
  says: 'must be a letter, then at most 63 letters, digits, hyphens or underscores',
} as const;

const RUNBOOK = /^(https?:\/\/[\x21-\x7e]+|docs\/operations\.md#[a-z0-9-]+)$/;

const isCompared = (rule: { kind?: unknown }) => rule.kind !== 'absence';
const hasWindow = (rule: { kind?: unknown }) => rule.kind !== 'threshold';

/** An additional condition for a rule to hold. */
export class AlertGuardView extends View {
  @ApiProperty({ example: 'bookings_open', description: 'A series of `GET /v1/admin/series`' })
  @Text({ max: 100 })
  series: string;
  @ApiProperty(COMPARISON) @IsIn(COMPARISONS) comparison: Comparison;
  @ApiProperty({ example: 0 }) @IsNumber() value: number;
}

/**
 * Creates a rule or replaces its whole definition. `threshold`: compares the series' newest value with `value`. `rate`:
 * compares its change per minute over the window. `absence`: the series had no value for the window.
 * @throws UnknownSeries, UnknownChannel, TooManyAlertRules
 */
export class SetAlertRule extends Command<AlertRuleView> {
  @Text(NAME) name: string;

  @ApiProperty({ example: 'Too many requests fail', maxLength: 200, description: 'One line, shown in notifications' })
  @Text({ max: 200 })
  summary: string;

  @ApiProperty({ enum: ALERT_KINDS, example: 'threshold' }) @IsIn(ALERT_KINDS) kind: AlertKind;

  @ApiProperty({ example: 'http_error_ratio', description: 'A series that the system keeps' })
  @Text({ max: 100 })
  series: string;

  @ApiPropertyOptional({ ...COMPARISON, description: 'For `threshold` and `rate`' })
  @ValidateIf(isCompared)
  @IsIn(COMPARISONS)
  comparison?: Comparison;

  @ApiPropertyOptional({
    example: 0.05,
    description: 'For `threshold` in the unit of the series, for `rate` per minute',
  })
  @ValidateIf(isCompared)
  @IsNumber()
  value?: number;

  @ApiPropertyOptional({ example: 300, minimum: 30, maximum: 3600, description: 'For `rate` and `absence`' })
  @ValidateIf(hasWindow)
  @WholeNumber({ min: 30, max: 3_600 })
  windowSeconds?: number;

  @ApiPropertyOptional({
    type: [AlertGuardView],
    example: [{ series: 'http_requests_per_second', comparison: '>', value: 0.1 }],
    description: 'The rule holds only while at least one of these does as well',
  })
  @OptionalField()
  @NestedList(() => AlertGuardView, { max: 5 })
  while?: AlertGuardView[];

  @ApiProperty({ example: 120, minimum: 0, maximum: 86_400, description: 'Fires when it has held for so long' })
  @WholeNumber({ min: 0, max: 86_400 })
  forSeconds: number;

  @ApiProperty({
    example: 900,
    minimum: 60,
    maximum: 604_800,
    description: 'After a notification that it fires no other for so long',
  })
  @WholeNumber({ min: 60, max: 604_800 })
  cooldownSeconds: number;

  @ApiProperty({ enum: ALERT_SEVERITIES, example: 'critical' }) @IsIn(ALERT_SEVERITIES) severity: AlertSeverity;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    example: null,
    description: 'Names of channels; null or absent: all there are; empty: none',
  })
  @NullableField()
  @TextList(NAME, { max: 20, unique: true })
  channels?: string[] | null;

  @ApiProperty({ example: true }) @IsBoolean() enabled: boolean;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'https://ops.example.org/runbooks/errors',
    description: 'What to do: an http or https URL, or a heading of docs/operations.md',
  })
  @NullableField()
  @Text({ max: 500, pattern: RUNBOOK, says: 'must be an http or https URL, or docs/operations.md#a-heading' })
  runbook?: string | null;
}

/** Ends its open alert too. @throws AlertRuleNotFound, AlertRuleIsShipped */
export class DeleteAlertRule extends Command<void> {
  @Text({ max: 100 }) name: string;
}

export class AlertRuleView extends View {
  @ApiProperty({ example: 'HighErrorRate' }) name: string;
  @ApiProperty({
    enum: ['shipped', 'operator'],
    example: 'shipped',
    description: 'Whether the rule came with the system',
  })
  origin: 'shipped' | 'operator';
  @ApiProperty({
    example: false,
    description: 'Whether an operator changed a shipped rule, which releases then leave alone',
  })
  changed: boolean;
  @ApiProperty({ enum: ['inactive', 'pending', 'firing'], example: 'inactive' })
  state: 'inactive' | 'pending' | 'firing';
  @ApiProperty({ example: 'More than 5 % of the requests fail' }) summary: string;
  @ApiProperty({ enum: ALERT_KINDS, example: 'threshold' }) kind: AlertKind;
  @ApiProperty({ example: 'http_error_ratio' }) series: string;
  @ApiPropertyOptional(COMPARISON) comparison?: Comparison;
  @ApiPropertyOptional({ example: 0.05 }) value?: number;
  @ApiPropertyOptional({ example: 300 }) windowSeconds?: number;
  @ApiProperty({ type: [AlertGuardView] }) while: AlertGuardView[];
  @ApiProperty({ example: 120 }) forSeconds: number;
  @ApiProperty({ example: 900 }) cooldownSeconds: number;
  @ApiProperty({ enum: ALERT_SEVERITIES, example: 'critical' }) severity: AlertSeverity;
  @ApiProperty({ type: [String], nullable: true, example: null }) channels: string[] | null;
  @ApiProperty({ example: true }) enabled: boolean;
  @ApiProperty({ type: String, nullable: true, example: 'https://ops.example.org/runbooks/errors' })
  runbook: string | null;
  @ApiProperty() updatedAt: Date;
}

/** All rules, by name. */
export class ListAlertRules extends Query<AlertRuleView[]> {}

/** @throws AlertRuleNotFound */
export class GetAlertRule extends Query<AlertRuleView> {
  @Text({ max: 100 }) name: string;
}

export class AlertRuleNotFound extends DomainError {
  static override readonly code = 'monitoring.alert_rule_not_found';
  static override readonly kind = 'not_found';
  constructor(name: string) {
    super('There is no such alert rule.', { name });
  }
}

/** The next start would restore it; it can be disabled instead. */
export class AlertRuleIsShipped extends DomainError {
  static override readonly code = 'monitoring.alert_rule_is_shipped';
  static override readonly kind = 'conflict';
  constructor(name: string) {
    super('A rule that comes with the system is switched off, not deleted.', { name });
  }
}

export class TooManyAlertRules extends DomainError {
  static override readonly code = 'monitoring.too_many_alert_rules';
  static override readonly kind = 'unprocessable';
  constructor(most: number) {
    super(`There are ${most} alert rules already; delete one first.`, { most });
  }
}

/** The rule refers to a series that the system does not measure. */
export class UnknownSeries extends DomainError {
  static override readonly code = 'monitoring.unknown_series';
  static override readonly kind = 'unprocessable';
  constructor(field: string, series: string) {
    super(`${field}: there is no series "${series}".`, { field, series });
  }
}

export class UnknownChannel extends DomainError {
  static override readonly code = 'monitoring.unknown_channel';
  static override readonly kind = 'unprocessable';
  constructor(field: string, channel: string) {
    super(`${field}: there is no alert channel "${channel}".`, { field, channel });
  }
}
