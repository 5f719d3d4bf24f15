import { createTransport } from 'nodemailer';

export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same for every attempt, so that mailboxes can detect duplicates: `<…@…>`. */
  readonly messageId: string;
}

export interface SmtpOptions {
  /** `smtp://user:password@host:port` or `smtps://…`. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly timeoutMs: number;
}

export type MailOutcome = { readonly delivered: true } | { readonly delivered: false; readonly error: string };

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Hands a mail to the server and returns the outcome; never throws, and never exceeds its timeout. */
export async function sendMail(
  { to, subject, text, messageId }: Mail,
  { smtpUrl, from, timeoutMs }: SmtpOptions,
): Promise<MailOutcome> {
  const transport = transportTo(smtpUrl, timeoutMs);
  let timer: NodeJS.Timeout | undefined;
  try {
    const content = { from, to: [...to], subject, text, messageId };
    const sent = transport.sendMail({ ...content, disableFileAccess: true, disableUrlAccess: true });
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('no answer in time')), timeoutMs);
    });
    // It may fail after the timeout, when the result is no longer awaited.
    sent.catch(() => undefined);
    await Promise.race([sent, late]);
    return { delivered: true };
  } catch (error) {
    return { delivered: false, error: withoutSecrets((error as Error).message, smtpUrl) };
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
    // A password must never cross a network in the clear.
    requireTLS: auth !== undefined && !LOOPBACK.test(url.hostname),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
  });
}

/** Servers may quote the input in an error. */
function withoutSecrets(message: string, smtpUrl: string): string {
  const { username, password } = new URL(smtpUrl);
  const secrets = [password, decodeURIComponent(password), decodeURIComponent(username)];
  const encoded = [...secrets.map((each) => Buffer.from(each).toString('base64')), ...secrets];
  return encoded.filter((each) => each !== '').reduce((text, secret) => text.replaceAll(secret, '…'), message);
}
