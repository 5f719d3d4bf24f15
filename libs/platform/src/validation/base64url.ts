import { Text } from './text.js';

/**
 * Bytes as base64url without padding, as in WebAuthn.
 * @param max the maximum number of characters
 */
export const Base64Url = (max: number): PropertyDecorator =>
  Text({ max, pattern: /^[\w-]+$/, says: 'must be base64url without padding' });
