import { Text } from './text.js';

/**
 * Bytes as base64url without padding, as WebAuthn writes them.
 * @param max characters at most
 */
export const Base64Url = (max: number): PropertyDecorator =>
  Text({ max, pattern: /^[\w-]+$/, says: 'must be base64url without padding' });
