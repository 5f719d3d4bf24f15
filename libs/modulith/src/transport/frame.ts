import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** The version of frames that this build writes, and the newest that it reads. */
export const FRAME_VERSION = 1;

/** A few items that travel together: one entry of a stream, or one message of a channel. */
export interface Frame {
  /** The process that sent it. */
  readonly from: string;
  /** The channel for answers; empty where none are expected. */
  readonly replyTo: string;
  /** Milliseconds since the epoch: after that nobody may act on it. */
  readonly expires: number;
  readonly items: readonly FrameItem[];
}

export interface FrameItem {
  /** Small, travels as JSON. */
  readonly head: unknown;
  /** Travels as it is: what is JSON already is not escaped a second time. */
  readonly body: string;
}

/**
 * Why a frame is not accepted: it bears no signature; the signature is another's (a changed frame, a foreign secret, or
 * a frame meant for another stream or channel); its time has passed; or a newer release sent it.
 */
export type Refusal = 'unsigned' | 'altered' | 'expired' | 'newer';

/*
 * m<version>.<expires>.<mac>.<head length>.<head><body><body>…
 *
 * Every version begins like this up to the mac, which covers the target and everything but itself: so a reader can tell
 * a frame of a newer release from garbage, and knows when it expires. The head is one JSON array: sender, reply channel,
 * and for each item the length of its body and its own head. Lengths are those of JavaScript strings.
 */
const ENVELOPE = /^m(\d{1,6})\.(\d{1,16})\.([A-Za-z0-9_-]{43})\./;

export function signingKey(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
}

/** The text of a frame that is good for `target`, a stream or a channel, and for nothing else. */
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
 * What a text says, or why it is refused.
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

/** In a time that does not depend on where they differ. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let index = 0; index < one.length; index++) difference |= one.charCodeAt(index) ^ other.charCodeAt(index);
  return difference === 0;
}
