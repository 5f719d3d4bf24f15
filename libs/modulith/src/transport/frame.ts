import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** The frame version that this build writes, and the newest that it reads. */
export const FRAME_VERSION = 1;

/** Items sent together: one stream entry, or one channel message. */
export interface Frame {
  /** The sending process. */
  readonly from: string;
  /** The reply channel; empty if no replies are expected. */
  readonly replyTo: string;
  /** Milliseconds since the epoch; after this the frame must be ignored. */
  readonly expires: number;
  readonly items: readonly FrameItem[];
}

export interface FrameItem {
  /** Small; encoded as JSON. */
  readonly head: unknown;
  /** Sent as is: content that is already JSON is not escaped again. */
  readonly body: string;
}

/**
 * Why a frame is rejected: it has no signature; the signature does not match (a modified frame, a foreign secret, or
 * another target stream or channel); it has expired; or a newer release sent it.
 */
export type Refusal = 'unsigned' | 'altered' | 'expired' | 'newer';

/*
 * m<version>.<expires>.<mac>.<head length>.<head><body><body>…
 *
 * All versions share this beginning up to the mac, which covers the target and everything but itself: so a reader can
 * tell a newer release's frame from garbage, and knows when it expires. The head is one JSON array: sender, reply
 * channel and, for each item, the length of its body and its own head. Lengths are those of JavaScript strings.
 */
const ENVELOPE = /^m(\d{1,6})\.(\d{1,16})\.([A-Za-z0-9_-]{43})\./;

export function signingKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/** Encodes and signs a frame for `target`, a stream or channel; it is not valid for any other target. */
export function sign(key: KeyObject, target: string, frame: Frame): string {
  const head: unknown[] = [frame.from, frame.replyTo];
  let bodies = '';
  for (const item of frame.items) {
    head.push(item.body.length, item.head);
    bodies += item.body;
  }
  const json = JSON.stringify(head);
  const prefix = `m${FRAME_VERSION}.${frame.expires}.`;
  const rest = `.${json.length}.${json}${bodies}`;
  return prefix + macOf(key, target, prefix, rest) + rest;
}

/**
 * Verifies and decodes a frame, or says why it is rejected.
 * @param keys any of which may have signed it
 * @param now in milliseconds since the epoch
 */
export function open(keys: readonly KeyObject[], target: string, text: string, now: number): Frame | Refusal {
  const envelope = ENVELOPE.exec(text);
  if (!envelope) return 'unsigned';
  const [{ length }, version, expires, mac] = envelope;
  const prefix = `m${version}.${expires}.`;
  const rest = text.slice(length - 1);
  if (!keys.some((key) => sameText(mac!, macOf(key, target, prefix, rest)))) return 'altered';
  if (Number(expires) <= now) return 'expired';
  if (Number(version) > FRAME_VERSION) return 'newer';
  return parse(text, length, Number(expires)) ?? 'altered';
}

function parse(text: string, from: number, expires: number): Frame | undefined {
  const dot = text.indexOf('.', from);
  let at = dot + 1 + Number(text.slice(from, dot));
  let head: unknown;
  try {
    head = JSON.parse(text.slice(dot + 1, at));
  } catch {
    return undefined;
  }
  if (!Array.isArray(head)) return undefined;
  const [sender, replyTo] = head as [string, string];
  const items: FrameItem[] = [];
  for (let index = 2; index < head.length; index += 2) {
    const end = at + Number(head[index]);
    items.push({ head: head[index + 1], body: text.slice(at, end) });
    at = end;
  }
  return { from: sender, replyTo, expires, items };
}

function macOf(key: KeyObject, target: string, prefix: string, rest: string): string {
  return createHmac('sha256', key).update(`${target}\n${prefix}`).update(rest).digest('base64url');
}

/** Compares in constant time. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
