import { RLP } from '@ethereumjs/rlp';
import { bytesToHex, hexToBytes } from '@ethereumjs/util';

const ORDER = [
  'parentHash',
  'sha3Uncles',
  'miner',
  'stateRoot',
  'transactionsRoot',
  'receiptsRoot',
  'logsBloom',
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'extraData',
  'mixHash',
  'nonce',
  'baseFeePerGas',
  'withdrawalsRoot',
  'blobGasUsed',
  'excessBlobGas',
  'parentBeaconBlockRoot',
  'requestsHash',
] as const;

const QUANTITIES = new Set<string>([
  'difficulty',
  'number',
  'gasLimit',
  'gasUsed',
  'timestamp',
  'baseFeePerGas',
  'blobGasUsed',
  'excessBlobGas',
]);

export type HeaderFields = Record<(typeof ORDER)[number], `0x${string}`>;

/** The fields of a header with JSON-RPC names and formats. @param rlp hex. */
export function headerFields(rlp: string): HeaderFields {
  const values = RLP.decode(hexToBytes(rlp as `0x${string}`)) as Uint8Array[];
  return Object.fromEntries(
    ORDER.map((name, index) => [name, toField(name, bytesToHex(values[index]!))]),
  ) as HeaderFields;
}

/** Quantities have no leading zeros, and zero is 0x0. */
function toField(name: string, hex: `0x${string}`): `0x${string}` {
  return QUANTITIES.has(name) ? `0x${BigInt(hex === '0x' ? 0 : hex).toString(16)}` : hex;
}
