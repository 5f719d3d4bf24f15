import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const ID_BYTES = 16;
const pool = new Uint8Array(512 * ID_BYTES);
let used = pool.length;

/** A new message id: a UUIDv7. The randomness is drawn for many at a time, since each draw costs more than a local call. */
export function newMessageId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return uuidv7({ random: pool.subarray(used - ID_BYTES, used) });
}
