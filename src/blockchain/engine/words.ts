/** 32 bytes, big-endian. */
export function writeWord({ buffer, byteOffset }: Uint8Array, at: number, word: bigint): void {
  const view = new DataView(buffer, byteOffset + at, 32);
  // Each call keeps the lowest 64 bits of its argument.
  view.setBigUint64(0, word >> 192n);
  view.setBigUint64(8, word >> 128n);
  view.setBigUint64(16, word >> 64n);
  view.setBigUint64(24, word);
}

/** Reads bytes as a number; those past the end are zero. */
export function wordAt(bytes: Uint8Array, at: number, length: number): bigint {
  let word = 0n;
  let part = 0;
  // Six bytes at a time: the most that a float represents exactly.
  for (let index = 0; index < length; index++) {
    part = part * 256 + (bytes[at + index] ?? 0);
    if (index % 6 !== 5) continue;
    word = index === 5 ? BigInt(part) : (word << 48n) | BigInt(part);
    part = 0;
  }
  const rest = length % 6;
  return rest === 0 ? word : (word << BigInt(8 * rest)) | BigInt(part);
}

/** A number as 32 bytes. */
export function bytesOf(word: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  writeWord(bytes, 0, word);
  return bytes;
}
