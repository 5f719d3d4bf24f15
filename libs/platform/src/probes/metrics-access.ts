import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header brings the token; how long it takes to say no tells nothing of the token. */
export function bringsToken(header: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digestOf(given), digestOf(token));
}

/** Of one length, whatever was given. */
const digestOf = (text: string) => createHash('sha256').update(text).digest();
