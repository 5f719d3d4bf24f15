import { hexToBytes } from '@ethereumjs/util';
import { isAddress } from 'viem';
import { invalidParams } from './rpc-error.js';

const QUANTITY = /^0x(0|[1-9a-f][0-9a-f]{0,63})$/i;
const LENIENT_QUANTITY = /^0x[0-9a-f]{1,64}$/i;
const DATA = /^0x([0-9a-f]{2})*$/i;
const HASH = /^0x[0-9a-f]{64}$/i;

export function readAddress(value: unknown, name: string): string {
  if (typeof value !== 'string' || !isAddress(value, { strict: false }))
    throw invalidParams(`${name}: an address of 20 bytes in hex is needed`);
  return value.toLowerCase();
}

export function readHash(value: unknown, name: string): string {
  if (typeof value !== 'string' || !HASH.test(value))
    throw invalidParams(`${name}: a hash of 32 bytes in hex is needed`);
  return value.toLowerCase();
}

export function readQuantity(value: unknown, name: string): bigint {
  if (typeof value !== 'string' || !QUANTITY.test(value))
    throw invalidParams(`${name}: a hex quantity without leading zeros is needed`);
  return BigInt(value);
}

/** A storage slot: clients send it as a quantity or as 32 bytes. */
export function readSlot(value: unknown, name: string): bigint {
  if (typeof value !== 'string' || !LENIENT_QUANTITY.test(value))
    throw invalidParams(`${name}: a slot in hex is needed`);
  return BigInt(value);
}

export function readData(value: unknown, name: string): Uint8Array {
  if (typeof value !== 'string' || !DATA.test(value)) throw invalidParams(`${name}: bytes in hex are needed`);
  return hexToBytes(value as `0x${string}`);
}

export function readObject(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidParams(`${name}: an object is needed`);
  return value as Record<string, unknown>;
}

export function readList(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalidParams(`${name}: a list is needed`);
  return value;
}

export interface LogFilter {
  readonly fromBlock: unknown;
  readonly toBlock: unknown;
  readonly blockHash: string | undefined;
  readonly addresses: readonly string[];
  /** Per position the topics that match; empty matches all. */
  readonly topics: readonly (readonly string[])[];
}

export function readLogFilter(value: unknown): LogFilter {
  const filter = readObject(value, 'filter');
  const topics = filter['topics'] ?? [];
  if (!Array.isArray(topics) || topics.length > 4) throw invalidParams('topics: a list of at most 4 is needed');
  return {
    fromBlock: filter['fromBlock'],
    toBlock: filter['toBlock'],
    blockHash: filter['blockHash'] === undefined ? undefined : readHash(filter['blockHash'], 'blockHash'),
    addresses: alternatives(filter['address'], readAddress, 'address'),
    topics: topics.map((topic) => alternatives(topic, readHash, 'topics')),
  };
}

function alternatives(value: unknown, read: (item: unknown, name: string) => string, name: string): string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map((item) => read(item, name));
}
