import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an `Authorization` header carries the token, compared in constant time. */
export function bringsToken(header: string | undefined, token: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(digestOf(given), digestOf(token));
}

/** A fixed length for any input. */
const digestOf = (text: string) => createHash('sha256').update(text).digest();
