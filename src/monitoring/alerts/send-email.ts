import { sendMail } from '@aitbc/platform';
import type { Delivery } from './delivery.js';
import { ATTEMPT_MS, type Notification } from './notification.entity.js';

export interface EmailOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly timeoutMs?: number;
}

/** Sends one notification by e-mail and reports the result; never throws, never exceeds its timeout. */
export async function sendEmail(notification: Notification, options: EmailOptions): Promise<Delivery> {
  const { smtpUrl, from, recipients: to, timeoutMs = ATTEMPT_MS } = options;
  const messageId = `<${notification.id}@alerts.aitbc>`;
  const mail = { to, subject: subjectOf(notification), text: textOf(notification), messageId };
  const outcome = await sendMail(mail, { smtpUrl, from, timeoutMs });
  return outcome.delivered ? outcome : { ...outcome, isFinal: false };
}

function subjectOf({ about, rule, content }: Notification): string {
  return `[${about === 'firing' ? `FIRING ${content.severity}` : 'RESOLVED'}] ${rule}: ${content.summary}`;
}

function textOf({ about, rule, content }: Notification): string {
  const lines = [
    `${rule} ${about === 'firing' ? 'fires' : 'is over'}: ${content.summary}`,
    '',
    `Severity  ${content.severity}`,
    ...(content.value === null ? [] : [`Value     ${content.value}`]),
    `Since     ${content.startsAt}`,
    ...(content.endsAt === null ? [] : [`Until     ${content.endsAt}`]),
    ...(content.runbook === null ? [] : ['', `What to do: ${content.runbook}`]),
  ];
  return `${lines.join('\n')}\n`;
}
