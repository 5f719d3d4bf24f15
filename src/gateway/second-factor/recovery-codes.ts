import { randomBytes } from 'node:crypto';
import { tokenHash } from '../tokens.js';

const COUNT = 10;
/** Without what is taken for another letter or digit. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';

/** 80 random bits each, in groups of four: nothing that could be guessed, so a plain hash protects what is stored. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () => {
    const letters = Array.from(randomBytes(16), (byte) => ALPHABET[byte % 32]!).join('');
    return letters.match(/.{4}/g)!.join('-');
  });
}

/** However it is typed. */
export function recoveryCodeHash(code: string): string {
  return tokenHash(code.toLowerCase().replaceAll(/[\s-]/g, ''));
}
