import { MessageTooLarge } from './errors.js';

/** The maximum encoded size of a message, answer or event, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** @throws MessageTooLarge at the source, even if the message would stay in this process. */
export function assertMayTravel(name: string, encoded: string, limit = MAX_MESSAGE_BYTES): void {
  // A character takes three bytes at most.
  if (encoded.length * 3 > limit && Buffer.byteLength(encoded) > limit) throw new MessageTooLarge(name);
}
