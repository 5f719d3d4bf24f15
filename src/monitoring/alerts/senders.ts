import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { alertmanagerPayload } from './alertmanager-payload.js';
import type { AlertChannel } from './alert-channel.entity.js';
import { ChannelAccess } from './channel-access.js';
import type { Delivery } from './delivery.js';
import type { Notification } from './notification.entity.js';
import { sendEmail } from './send-email.js';
import { sendWebhook } from './send-webhook.js';
import { WebhookAddresses } from './webhook-addresses.js';

/** Sends a notification through the sender for its channel's kind. */
@Injectable()
export class Senders {
  readonly addresses: WebhookAddresses;

  constructor(
    private readonly config: AppConfig,
    private readonly access: ChannelAccess,
    private readonly clock: Clock,
  ) {
    this.addresses = new WebhookAddresses(config.alertWebhookAllow);
  }

  async send(channel: AlertChannel, notification: Notification): Promise<Delivery> {
    return channel.kind === 'email' ? this.email(channel, notification) : this.webhook(channel, notification);
  }

  private async email({ recipients }: AlertChannel, notification: Notification): Promise<Delivery> {
    const { smtpUrl, smtpFrom } = this.config;
    if (!smtpUrl) return { delivered: false, isFinal: true, error: 'SMTP_URL is not set' };
    return sendEmail(notification, { smtpUrl, from: smtpFrom, recipients: recipients ?? [] });
  }

  private async webhook(channel: AlertChannel, notification: Notification): Promise<Delivery> {
    const access = this.access.open(channel);
    if (!access) return { delivered: false, isFinal: true, error: 'its URL was stored under another MODULITH_SECRET' };
    const payload = alertmanagerPayload(notification, this.config.publicUrl);
    return sendWebhook(access, payload, {
      addresses: this.addresses,
      id: notification.id,
      now: this.clock.now(),
    });
  }
}
