import { pad, type Hex } from 'viem';
import { stringify, validate } from 'uuid';

/** A booking id in JobEscrow's format: the 16 bytes of the UUID, left aligned. */
export function toEscrowId(bookingId: string): Hex {
  if (!validate(bookingId)) throw new Error(`${bookingId} is not a UUID`);
  return pad(`0x${bookingId.replaceAll('-', '').toLowerCase()}`, { dir: 'right', size: 32 });
}

/** The booking id, or undefined if the 32 bytes are not one: anyone may lock under any id. */
export function fromEscrowId(escrowId: string): string | undefined {
  if (!/^0x[0-9a-f]{32}0{32}$/.test(escrowId)) return undefined;
  const id = stringifyOrUndefined(Buffer.from(escrowId.slice(2, 34), 'hex'));
  return id !== undefined && validate(id) ? id : undefined;
}

function stringifyOrUndefined(bytes: Uint8Array): string | undefined {
  try {
    return stringify(bytes);
  } catch {
    return undefined;
  }
}
