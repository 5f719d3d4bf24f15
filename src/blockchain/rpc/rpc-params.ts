import { hexToBytes } from '@ethereumjs/util';
import { isAddress } from 'viem';
import { invalidParams } from './rpc-error.js';

const QUANTITY = /^0x(0|[1-9a-f][0-9a-f]{0,63})$/i;
const LENIENT_QUANTITY = /^0x[0-9a-f]{1,64}$/i;
const DATA = /^0x([0-9a-f]{2})*$/i;
const DECIMAL = /^(0|[1-9]\d{0,15})$/;
const HASH = /^0x[0-9a-f]{64}$/i;
const MAX_ALTERNATIVES = 1_000;

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

/** A count: clients send it as a decimal number or in hex. */
export function readCount(value: unknown, name: string): number {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !(QUANTITY.test(text) || DECIMAL.test(text)))
    throw invalidParams(`${name}: a whole number, decimal or in hex, is needed`);
  return Number(text);
}

export interface LogFilter {
  readonly fromBlock: unknown;
  readonly toBlock: unknown;
  readonly blockHash: string | undefined;
  readonly addresses: readonly string[];
  /** The accepted topics by position; empty accepts all. */
  readonly topics: readonly (readonly string[])[];
}

export function readLogFilter(value: unknown): LogFilter {
  const { fromBlock, toBlock, blockHash, address, topics } = readObject(value, 'filter');
  if (!isAbsent(blockHash) && !(isAbsent(fromBlock) && isAbsent(toBlock)))
    throw invalidParams('cannot specify both blockHash and fromBlock/toBlock, choose one or the other');
  const positions = isAbsent(topics) ? [] : readList(topics, 'topics');
  if (positions.length > 4) throw invalidParams('topics: at most 4 are possible');
  return {
    fromBlock,
    toBlock,
    blockHash: isAbsent(blockHash) ? undefined : readHash(blockHash, 'blockHash'),
    addresses: isAbsent(address) ? [] : alternatives(address, readAddress, 'address'),
    topics: positions.map((topic) => (matchesAll(topic) ? [] : alternatives(topic, readHash, 'topics'))),
  };
}

/** A null among a topic's alternatives matches everything. */
function matchesAll(topic: unknown): boolean {
  return isAbsent(topic) || (Array.isArray(topic) && topic.includes(null));
}

function alternatives(value: unknown, read: (item: unknown, name: string) => string, name: string): string[] {
  const items = Array.isArray(value) ? value : [value];
  if (items.length > MAX_ALTERNATIVES) throw invalidParams(`${name}: at most ${MAX_ALTERNATIVES} are possible`);
  return items.map((item) => read(item, name));
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}
