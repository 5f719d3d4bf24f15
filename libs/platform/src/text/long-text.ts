import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** Longer texts are sent compressed: a message between modules is limited to 4 MiB. */
const COMPRESSED_FROM = 512 * 1024;
const MAX_COMPRESSED = 3 * 1024 * 1024;
const MAX_UNPACKED = 128 * 1024 * 1024;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** Encodes a text for a message. @returns undefined if it is too long even when compressed. */
export async function packText(text: string): Promise<string | Uint8Array | undefined> {
  if (text.length < COMPRESSED_FROM) return text;
  const packed = await compress(text, { level: constants.Z_BEST_SPEED });
  return packed.length > MAX_COMPRESSED ? undefined : packed;
}

export async function unpackText(packed: string | Uint8Array): Promise<string> {
  if (typeof packed === 'string') return packed;
  return (await decompress(packed, { maxOutputLength: MAX_UNPACKED })).toString('utf8');
}
