import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: unguessable, so a plain hash protects the stored token. */
export function newToken(prefix = ''): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** SHA-256 in hex, the only form in which refresh tokens and API keys are stored. */
export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
