import { Command, DomainError, Query, View } from '@aitbc/modulith';
import { Id, OptionalField, type Page, PageQuery, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { ALERT_SEVERITIES, type AlertSeverity } from './alert-rules.js';

export const ALERT_STATES = ['pending', 'firing', 'resolved'] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/**
 * `recovered`: the condition no longer holds; `no_data`: inconclusive for too long; `rule_changed`: disabled or
 * deleted.
 */
export const ALERT_ENDINGS = ['recovered', 'no_data', 'rule_changed'] as const;
export type AlertEnding = (typeof ALERT_ENDINGS)[number];

export class AlertNotificationView extends View {
  @ApiProperty({ example: 'on-call' }) channel: string;
  @ApiProperty({ enum: ['firing', 'resolved'], example: 'firing' }) about: 'firing' | 'resolved';
  @ApiProperty({ enum: ['pending', 'delivered', 'failed'], example: 'delivered' })
  state: 'pending' | 'delivered' | 'failed';
  @ApiProperty({ example: 1 }) attempts: number;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why the last attempt failed' })
  error: string | null;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: Date, nullable: true, description: 'When it was delivered or given up' }) endedAt: Date | null;
}

export class AlertView extends View {
  @ApiProperty({ example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f60a1' }) id: string;
  @ApiProperty({ example: 'HighErrorRate' }) rule: string;
  @ApiProperty({ enum: ALERT_SEVERITIES, example: 'critical' }) severity: AlertSeverity;
  @ApiProperty({ example: 'More than 5 % of the requests fail' }) summary: string;
  @ApiProperty({ type: String, nullable: true, example: null }) runbook: string | null;
  @ApiProperty({ enum: ALERT_STATES, example: 'firing' }) state: AlertState;
  @ApiProperty({ type: Number, nullable: true, example: 0.12, description: 'The last value seen' })
  value: number | null;
  @ApiProperty({ description: 'When the condition began to hold' }) startedAt: Date;
  @ApiProperty({ type: Date, nullable: true }) firedAt: Date | null;
  @ApiProperty({ type: Date, nullable: true }) resolvedAt: Date | null;
  @ApiProperty({ enum: ALERT_ENDINGS, nullable: true, example: 'recovered' }) ending: AlertEnding | null;
  @ApiProperty({ type: Date, nullable: true }) acknowledgedAt: Date | null;
  @ApiProperty({ type: String, nullable: true, description: 'The operator’s id' }) acknowledgedBy: string | null;
  @ApiProperty({ type: String, nullable: true, example: 'Redis was replaced' }) comment: string | null;
  @ApiProperty({ example: false, description: 'Whether a silence covers it now' }) silenced: boolean;
  @ApiProperty({ type: [AlertNotificationView] }) notifications: AlertNotificationView[];
}

/** Newest first. */
export class ListAlerts extends PageQuery<Page<AlertView>> {
  @ApiPropertyOptional({ enum: ALERT_STATES, example: 'firing' })
  @OptionalField()
  @IsIn(ALERT_STATES)
  state?: AlertState;

  @ApiPropertyOptional({ enum: ALERT_SEVERITIES, example: 'critical' })
  @OptionalField()
  @IsIn(ALERT_SEVERITIES)
  severity?: AlertSeverity;

  @ApiPropertyOptional({ example: 'HighErrorRate' }) @OptionalField() @Text({ max: 64 }) rule?: string;
}

/** @throws AlertNotFound */
export class GetAlert extends Query<AlertView> {
  @Id() alertId: string;
}

/** Acknowledges an alert: it stays open and sends no notification until it ends. @throws AlertNotFound, AlertIsOver */
export class AcknowledgeAlert extends Command<AlertView> {
  @Id() alertId: string;
  @ApiPropertyOptional({ example: 'Redis is being replaced', maxLength: 500 })
  @OptionalField()
  @Text({ min: 0, max: 500, controls: 'lines' })
  comment?: string;
}

export class AlertNotFound extends DomainError {
  static override readonly code = 'monitoring.alert_not_found';
  static override readonly kind = 'not_found';
  constructor(alertId: string) {
    super('There is no such alert, or it is no longer kept.', { alertId });
  }
}

export class AlertIsOver extends DomainError {
  static override readonly code = 'monitoring.alert_is_over';
  static override readonly kind = 'conflict';
  constructor(alertId: string) {
    super('The alert is over; there is nothing to acknowledge.', { alertId });
  }
}
