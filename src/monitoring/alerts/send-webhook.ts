import { createHmac } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Delivery } from './delivery.js';
import { ATTEMPT_MS } from './notification.entity.js';
import { AddressRefused, type WebhookAddresses } from './webhook-addresses.js';

export interface Webhook {
  readonly url: string;
  readonly secret?: string | null;
  readonly authorization?: string | null;
}

export interface WebhookOptions {
  readonly addresses: WebhookAddresses;
  /** The same for every attempt at one notification, so that receivers can detect a duplicate. */
  readonly id: string;
  readonly now: Date;
  readonly timeoutMs?: number;
}

/** Sends one notification and reports the result; never throws, never exceeds its timeout. */
export async function sendWebhook(webhook: Webhook, payload: object, options: WebhookOptions): Promise<Delivery> {
  const { addresses, timeoutMs = ATTEMPT_MS } = options;
  try {
    const url = addresses.check(webhook.url);
    const body = JSON.stringify(payload);
    return await new Promise<Delivery>((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      const request: ClientRequest = send(url, {
        method: 'POST',
        headers: headersOf(webhook, body, options),
        lookup: addresses.lookupFor(url),
        // A new connection each time: a kept-alive one would skip the address check.
        agent: false,
        // Covers all of it: name resolution, connection, TLS and the response head.
        signal: AbortSignal.timeout(timeoutMs),
      });
      request.on('response', (response) => {
        resolve(judge(response));
        // The status suffices; the rest of the response, however large or slow, is ignored.
        response.on('error', () => undefined);
        response.destroy();
      });
      request.on('error', reject);
      request.end(body);
    });
  } catch (error) {
    if (error instanceof AddressRefused) return { delivered: false, isFinal: true, error: `refused: ${error.message}` };
    return { delivered: false, isFinal: false, error: reasonOf(error as NodeJS.ErrnoException) };
  }
}

function headersOf(webhook: Webhook, body: string, { id, now }: WebhookOptions): Record<string, string> {
  const time = Math.floor(now.getTime() / 1_000);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': 'AITBC-Alerts',
    'x-aitbc-notification-id': id,
    ...(webhook.authorization ? { authorization: webhook.authorization } : {}),
    ...(webhook.secret ? { 'x-aitbc-signature': `t=${time},v1=${signatureOf(webhook.secret, time, body)}` } : {}),
  };
}

/** HMAC-SHA256 in hex over the time and the body, so that an old notification cannot be replayed as a new one. */
export function signatureOf(secret: string, unixSeconds: number, body: string): string {
  return createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
}

function judge({ statusCode = 0 }: IncomingMessage): Delivery {
  if (statusCode >= 200 && statusCode < 300) return { delivered: true };
  if (statusCode >= 300 && statusCode < 400) {
    // Redirects are not followed: the operator did not name their target.
    return { delivered: false, isFinal: true, error: `answered ${statusCode}: redirects are not followed` };
  }
  const mayPass = statusCode >= 500 || statusCode === 429 || statusCode === 408;
  return { delivered: false, isFinal: !mayPass, error: `answered ${statusCode}` };
}

/** The error code if there is one: network messages contain addresses. */
function reasonOf(error: NodeJS.ErrnoException): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.code ?? error.message;
}
