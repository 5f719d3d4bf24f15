import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

/** What one answer of JSON-RPC may take, in characters: every receipt that a transaction's gas can make fits. */
export const MAX_RPC_ANSWER = 25 * 1024 * 1024;
/** Longer answers travel compressed: a message between modules takes no more than 4 MiB. */
const COMPRESSED_FROM = 512 * 1024;
const MAX_COMPRESSED = 3 * 1024 * 1024;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/** @returns undefined where the text is too long to travel. */
export async function packRpcAnswer(text: string): Promise<string | Uint8Array | undefined> {
  if (text.length < COMPRESSED_FROM) return text;
  if (text.length > MAX_RPC_ANSWER) return undefined;
  const packed = await compress(text, { level: constants.Z_BEST_SPEED });
  return packed.length > MAX_COMPRESSED ? undefined : packed;
}

export async function unpackRpcAnswer(packed: string | Uint8Array): Promise<string> {
  if (typeof packed === 'string') return packed;
  return (await decompress(packed, { maxOutputLength: 4 * MAX_RPC_ANSWER })).toString('utf8');
}
