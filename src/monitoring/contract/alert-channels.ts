import { Command, DomainError, Query, Secret, View } from '@aitbc/modulith';
import { EmailList, NullableField, OptionalField, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, ValidateIf } from 'class-validator';

export const CHANNEL_KINDS = ['webhook', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

const NAME = {
  max: 64,
  pattern: /^[A-Za-z][A-Za-z0-9_-]{0,63}$/,
  says: 'must be a letter, then at most 63 letters, digits, hyphens or underscores',
} as const;

const isEmail = (channel: { kind?: unknown }) => channel.kind === 'email';

/**
 * Sets a notification channel: a webhook in Alertmanager's format (payload version 4), or e-mail. Credentials (url,
 * secret, authorization) are stored encrypted and never shown again; a later change keeps absent ones and removes null
 * ones. With a url of another origin, secret and authorization must be given again or removed.
 * @throws ChannelUrlRefused, SmtpNotConfigured, TooManyChannels
 */
export class SetAlertChannel extends Command<AlertChannelView> {
  @Text(NAME) name: string;

  @ApiProperty({ enum: CHANNEL_KINDS, example: 'webhook' }) @IsIn(CHANNEL_KINDS) kind: ChannelKind;

  @ApiPropertyOptional({
    example: 'https://alerts.example.org/hooks/aitbc',
    description: 'For a webhook: http or https, to a public address or a host of ALERT_WEBHOOK_ALLOW',
  })
  @Secret()
  @OptionalField()
  @Text({ max: 2_000 })
  url?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'a secret of the receiver',
    description: 'For a webhook: signs each notification, in the header X-AITBC-Signature',
  })
  @Secret()
  @NullableField()
  @Text({ min: 16, max: 200 })
  secret?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'Bearer 8f2c',
    description: 'For a webhook: sent as the header Authorization',
  })
  @Secret()
  @NullableField()
  @Text({ max: 500, pattern: /^[\x20-\x7e]*$/, says: 'must be printable ASCII' })
  authorization?: string | null;

  @ApiPropertyOptional({ type: [String], example: ['on-call@example.org'], description: 'For e-mail' })
  @ValidateIf(isEmail)
  @EmailList({ min: 1, max: 20, unique: true })
  recipients?: string[];

  @ApiProperty({ example: true }) @IsBoolean() enabled: boolean;
}

export class AlertChannelView extends View {
  @ApiProperty({ example: 'on-call' }) name: string;
  @ApiProperty({ enum: CHANNEL_KINDS, example: 'webhook' }) kind: ChannelKind;
  @ApiProperty({ example: 'https://alerts.example.org/…', description: 'Where it leads, without what opens doors' })
  target: string;
  @ApiProperty({ example: true, description: 'Whether notifications are signed' }) signed: boolean;
  @ApiProperty({ example: true }) enabled: boolean;
  @ApiProperty({ example: 0, description: 'Notifications that are not delivered yet' }) pending: number;
  @ApiProperty({ type: Date, nullable: true }) lastDeliveredAt: Date | null;
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why the last attempt failed, if it did' })
  lastError: string | null;
  @ApiProperty() updatedAt: Date;
}

/** A webhook's credentials. Stored only; never sent in a message. */
export class WebhookAccess extends View {
  @Secret() url: string;
  @Secret() secret: string | null;
  @Secret() authorization: string | null;
}

/** All channels, by name. */
export class ListAlertChannels extends Query<AlertChannelView[]> {}

/** Drops its pending notifications. @throws ChannelNotFound, ChannelInUse */
export class DeleteAlertChannel extends Command<void> {
  @Text({ max: 100 }) name: string;
}

/**
 * Sends a test notification; the channel shows the result.
 * @throws ChannelNotFound, ChannelIsOff
 */
export class TestAlertChannel extends Command<void> {
  @Text({ max: 100 }) name: string;
}

export class ChannelNotFound extends DomainError {
  static override readonly code = 'monitoring.alert_channel_not_found';
  static override readonly kind = 'not_found';
  constructor(name: string) {
    super('There is no such alert channel.', { name });
  }
}

export class ChannelInUse extends DomainError {
  static override readonly code = 'monitoring.alert_channel_in_use';
  static override readonly kind = 'conflict';
  constructor(name: string, rules: readonly string[]) {
    super(`Alert rules name the channel: ${rules.join(', ')}.`, { name, rules });
  }
}

/** Notifications to it are dropped. */
export class ChannelIsOff extends DomainError {
  static override readonly code = 'monitoring.alert_channel_is_off';
  static override readonly kind = 'conflict';
  constructor(name: string) {
    super('The alert channel is not enabled.', { name });
  }
}

/** Not http or https, contains credentials, or points to an internal address. */
export class ChannelUrlRefused extends DomainError {
  static override readonly code = 'monitoring.alert_channel_url_refused';
  static override readonly kind = 'unprocessable';
  constructor(why: string) {
    super(`url: ${why}`, { field: 'url' });
  }
}

export class SmtpNotConfigured extends DomainError {
  static override readonly code = 'monitoring.smtp_not_configured';
  static override readonly kind = 'unprocessable';
  constructor() {
    super('kind: e-mail needs SMTP_URL in the configuration of the process that hosts monitoring.', { field: 'kind' });
  }
}

export class TooManyChannels extends DomainError {
  static override readonly code = 'monitoring.too_many_alert_channels';
  static override readonly kind = 'unprocessable';
  constructor(most: number) {
    super(`There are ${most} alert channels already; delete one first.`, { most });
  }
}
