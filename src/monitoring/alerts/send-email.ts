import { createTransport } from 'nodemailer';
import type { Delivery } from './delivery.js';
import { ATTEMPT_MS, type Notification } from './notification.entity.js';

export interface EmailOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly timeoutMs?: number;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Sends one notification to people and says what became of it; never throws, never takes longer than its time-out. */
export async function sendEmail(notification: Notification, options: EmailOptions): Promise<Delivery> {
  const { from, recipients, timeoutMs = ATTEMPT_MS } = options;
  const transport = transportTo(options.smtpUrl, timeoutMs);
  let timer: NodeJS.Timeout | undefined;
  try {
    const sent = transport.sendMail({
      from,
      to: [...recipients],
      subject: subjectOf(notification),
      text: textOf(notification),
      // The same for every attempt, so that a mailbox can tell a repeat.
      messageId: `<${notification.id}@alerts.aitbc>`,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
    });
    sent.catch(() => undefined);
    await Promise.race([sent, late]);
    return { delivered: true };
  } catch (error) {
    return { delivered: false, isFinal: false, error: withoutSecrets((error as Error).message, options.smtpUrl) };
  } finally {
    clearTimeout(timer);
    transport.close();
  }
}

function transportTo(smtpUrl: string, timeoutMs: number) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) }
    : undefined;
  return createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : secure ? 465 : 587,
    secure,
    auth,
    // A password never crosses a network in the clear.
    requireTLS: auth !== undefined && !LOOPBACK.test(url.hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
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

/** Servers may repeat in a refusal what they were sent. */
function withoutSecrets(message: string, smtpUrl: string): string {
  const { username, password } = new URL(smtpUrl);
  const secrets = [password, decodeURIComponent(password), decodeURIComponent(username)];
  const encoded = [...secrets.map((each) => Buffer.from(each).toString('base64')), ...secrets];
  return encoded.filter((each) => each !== '').reduce((text, secret) => text.replaceAll(secret, '…'), message);
}
