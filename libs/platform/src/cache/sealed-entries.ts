import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyvOptions } from 'keyv';

const MAC_LENGTH = 43;

/**
 * Entries for a store that others could write to: each with its expiry and a signature. An unsigned, altered or expired
 * entry counts as a miss.
 * @param secret shared by all processes of a system
 */
export function sealedEntries(secret: string): Required<Pick<KeyvOptions, 'serialize' | 'deserialize'>> {
  // A separate key from the secret's other uses.
  const key = createHmac('sha256', secret).update('cache entries').digest();
  const macOf = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    serialize: ({ value, expires }) => {
      const text = `${expires ?? ''}:${value as string}`;
      return macOf(text) + text;
    },
    deserialize: (sealed) => {
      const text = sealed.slice(MAC_LENGTH);
      const [given, right] = [Buffer.from(sealed.slice(0, MAC_LENGTH)), Buffer.from(macOf(text))];
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      const colon = text.indexOf(':');
      const expires = colon === 0 ? undefined : Number(text.slice(0, colon));
      return { value: text.slice(colon + 1) as never, expires };
    },
  };
}
