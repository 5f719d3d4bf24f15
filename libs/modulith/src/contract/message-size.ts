import { MessageTooLarge } from './errors.js';

/** What a message, an answer or an event may take, encoded, in bytes of UTF-8. */
export const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

/** @throws MessageTooLarge: refused where it is made, also where it would not have to travel today. */
export function assertMayTravel(name: string, encoded: string, limit = MAX_MESSAGE_BYTES): void {
  // A character takes three bytes at most.
  if (encoded.length * 3 > limit && Buffer.byteLength(encoded) > limit) throw new MessageTooLarge(name);
}
