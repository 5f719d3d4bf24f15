import type {
  AccessListEntry,
  BlockOverrides,
  CallAuthorization,
  CallFees,
  CallRequest,
  StateOverride,
} from '../engine/call-request.js';
import { invalidParams } from './rpc-error.js';
import { isAbsent, readAddress, readData, readHash, readList, readObject, readQuantity } from './rpc-params.js';

const UINT64 = (1n << 64n) - 1n;
const BYTE = 0xffn;

type Fields = Record<string, unknown>;

/** The transaction object of eth_call and eth_estimateGas, with its overrides. */
export function readCall(
  value: unknown,
  stateOverrides: unknown,
  blockOverrides: unknown,
  chainId: number,
): CallRequest {
  const call = readObject(value, 'transaction');
  refuseBlobs(call);
  const to = given(call, 'to', readAddress);
  const authorizationList = given(call, 'authorizationList', readAuthorizations);
  if (authorizationList !== undefined && to === undefined)
    throw invalidParams('authorizationList: a transaction with authorizations needs a recipient (to)');
  const asked = given(call, 'chainId', readQuantity);
  if (asked !== undefined && asked !== BigInt(chainId))
    throw invalidParams(`chainId: does not match node's (have=${asked}, want=${chainId})`);
  given(call, 'nonce', readUint64);
  return {
    from: given(call, 'from', readAddress),
    to,
    data: readInput(call),
    value: given(call, 'value', readQuantity) ?? 0n,
    gas: given(call, 'gas', readUint64),
    fees: readFees(call),
    accessList: given(call, 'accessList', readAccessList),
    authorizationList,
    stateOverrides: isAbsent(stateOverrides) ? undefined : readStateOverrides(stateOverrides),
    blockOverrides: isAbsent(blockOverrides) ? undefined : readBlockOverrides(blockOverrides),
  };
}

function readInput(call: Fields): Uint8Array {
  const input = given(call, 'input', readData);
  const data = given(call, 'data', readData);
  if (input !== undefined && data !== undefined && Buffer.compare(input, data) !== 0)
    throw invalidParams('both "data" and "input" are set and not equal; "input" alone is enough');
  return input ?? data ?? new Uint8Array();
}

/** A price of zero counts as none: the call is then free. */
function readFees(call: Fields): CallFees | undefined {
  const gasPrice = given(call, 'gasPrice', readQuantity);
  const most = given(call, 'maxFeePerGas', readQuantity);
  const tip = given(call, 'maxPriorityFeePerGas', readQuantity);
  if (gasPrice !== undefined && (most !== undefined || tip !== undefined))
    throw invalidParams('both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified');
  const maxFeePerGas = gasPrice ?? most ?? 0n;
  const maxPriorityFeePerGas = gasPrice ?? tip ?? 0n;
  if (most !== undefined && maxPriorityFeePerGas > most)
    throw invalidParams(`maxPriorityFeePerGas: ${maxPriorityFeePerGas} is more than maxFeePerGas (${most})`);
  // A tip alone does not limit what the caller pays.
  return maxFeePerGas === 0n ? undefined : { maxFeePerGas, maxPriorityFeePerGas };
}

function refuseBlobs(call: Fields): void {
  for (const name of ['blobVersionedHashes', 'maxFeePerBlobGas', 'blobs', 'commitments', 'proofs'])
    if (!isAbsent(call[name])) throw invalidParams(`${name}: blob transactions are not supported on this chain`);
}

function readAccessList(value: unknown, name: string): AccessListEntry[] {
  return readList(value, name).map((item) => {
    const entry = readObject(item, name);
    return {
      address: readAddress(entry['address'], `${name}.address`),
      storageKeys: readList(entry['storageKeys'] ?? [], `${name}.storageKeys`).map((key) =>
        readHash(key, `${name}.storageKeys`),
      ),
    };
  });
}

function readAuthorizations(value: unknown, name: string): CallAuthorization[] {
  const list = readList(value, name);
  if (list.length === 0) throw invalidParams(`${name}: at least one authorization is needed`);
  return list.map((item) => {
    const entry = readObject(item, name);
    const field = (key: string) => readQuantity(entry[key], `${name}.${key}`);
    return {
      chainId: field('chainId'),
      address: readAddress(entry['address'], `${name}.address`),
      nonce: atMost(field('nonce'), UINT64, `${name}.nonce`),
      yParity: atMost(readQuantity(entry['yParity'] ?? entry['v'], `${name}.yParity`), BYTE, `${name}.yParity`),
      r: field('r'),
      s: field('s'),
    };
  });
}

function readStateOverrides(value: unknown): StateOverride[] {
  return Object.entries(readObject(value, 'stateOverrides')).map(([key, item]) => {
    const name = `stateOverrides.${key}`;
    const override = readObject(item, name);
    refuseUnknown(override, ['balance', 'nonce', 'code', 'state', 'stateDiff'], name);
    const state = given(override, 'state', readSlots);
    const stateDiff = given(override, 'stateDiff', readSlots);
    if (state !== undefined && stateDiff !== undefined) throw invalidParams(`${name}: has both state and stateDiff`);
    const slots = state ?? stateDiff;
    return {
      address: readAddress(key, name),
      balance: given(override, 'balance', readQuantity),
      nonce: given(override, 'nonce', readUint64),
      code: given(override, 'code', readData),
      storage: slots === undefined ? undefined : { replace: state !== undefined, slots },
    };
  });
}

function readSlots(value: unknown, name: string): (readonly [string, string])[] {
  return Object.entries(readObject(value, name)).map(([slot, content]) => [
    readHash(slot, name),
    readHash(content, name),
  ]);
}

/** Accepts the names of both geth and the execution API; rejects what this chain cannot honour. */
function readBlockOverrides(value: unknown): BlockOverrides {
  const block = readObject(value, 'blockOverrides');
  const known = ['number', 'time', 'gasLimit', 'feeRecipient', 'prevRandao', 'baseFeePerGas'];
  refuseUnknown(block, known, 'blockOverrides');
  return {
    number: given(block, 'number', readUint64),
    timestamp: given(block, 'time', readUint64),
    gasLimit: given(block, 'gasLimit', readUint64),
    coinbase: given(block, 'feeRecipient', readAddress),
    prevRandao: given(block, 'prevRandao', readHash),
    baseFeePerGas: given(block, 'baseFeePerGas', readQuantity),
  };
}

function refuseUnknown(fields: Fields, known: readonly string[], name: string): void {
  for (const [key, value] of Object.entries(fields))
    if (!known.includes(key) && !isAbsent(value)) throw invalidParams(`${name}.${key}: not supported here`);
}

function readUint64(value: unknown, name: string): bigint {
  return atMost(readQuantity(value, name), UINT64, name);
}

function atMost(value: bigint, most: bigint, name: string): bigint {
  if (value > most) throw invalidParams(`${name}: the number is too large`);
  return value;
}

function given<T>(fields: Fields, name: string, read: (value: unknown, label: string) => T): T | undefined {
  return isAbsent(fields[name]) ? undefined : read(fields[name], name);
}
