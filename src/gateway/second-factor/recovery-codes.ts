import { randomBytes } from 'node:crypto';
import { tokenHash } from '../tokens.js';

const COUNT = 10;
/** Without characters that are easily confused. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 80 random bits each, in groups of four: unguessable, so a plain hash protects the stored codes. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]!).join('');
    return letters.match(/.{4}/g)!.join('-');
  });
}

/** Ignores differences in typing. */
export function recoveryCodeHash(code: string): string {
  return tokenHash(code.toLowerCase().replaceAll(/[\s-]/g, ''));
}
