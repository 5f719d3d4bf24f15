import { isAddress, parseEther } from 'viem';

/** The start of a chain: nodes with different genesis files are on different chains. */
export interface Genesis {
  readonly chainId: number;
  /** Unix seconds of block 0. */
  readonly timestamp: number;
  /** Gas limit of every block; constant for the chain's lifetime. */
  readonly gasLimit: bigint;
  /** Addresses that may seal, lower case, in turn order. */
  readonly validators: readonly string[];
  /** Base units per address, lower case. */
  readonly allocations: Readonly<Record<string, bigint>>;
}

export const CHAIN_ID = 7733;

/**
 * 60 million gas: 2,857 transfers. The limit alone does not keep a block within its interval (a plain EVM loop burns 10
 * million in 0.6 s): the builder also stops at its time budget, and EIP-7825 caps a single transaction.
 */
export const DEFAULT_GAS_LIMIT = 60_000_000n;

const DEFAULT_GENESIS_TIMESTAMP = Date.UTC(2025, 0, 1) / 1000;
const DEVELOPMENT_BALANCE = parseEther('100000000');

/** An invalid genesis file; the message names the field. */
export class InvalidGenesis extends Error {
  override readonly name = 'InvalidGenesis';
}

/** The chain of a development machine: one validator, and the given accounts funded with 100 million AIT each. */
export function developmentGenesis(validator: string, funded: readonly string[]): Genesis {
  return {
    chainId: CHAIN_ID,
    timestamp: DEFAULT_GENESIS_TIMESTAMP,
    gasLimit: DEFAULT_GAS_LIMIT,
    validators: [validator.toLowerCase()],
    allocations: Object.fromEntries(funded.map((address) => [address.toLowerCase(), DEVELOPMENT_BALANCE])),
  };
}

/**
 * Parses a genesis file: `{chainId?, timestamp, gasLimit?, validators: [address], allocations: {address: "AIT"}}`.
 * @throws InvalidGenesis naming the first invalid field.
 */
export function parseGenesis(text: string): Genesis {
  const file = readObject(parseJson(text), 'the genesis file');
  const validators = readArray(file['validators'], 'validators').map((entry) => readAddress(entry, 'validators'));
  if (validators.length === 0) throw new InvalidGenesis('validators: at least one address is needed.');
  if (new Set(validators).size !== validators.length) throw new InvalidGenesis('validators: an address appears twice.');
  const allocations = Object.entries(readObject(file['allocations'] ?? {}, 'allocations'));
  return {
    chainId: readInteger(file['chainId'] ?? CHAIN_ID, 'chainId'),
    timestamp: readInteger(file['timestamp'], 'timestamp'),
    gasLimit: BigInt(readInteger(file['gasLimit'] ?? Number(DEFAULT_GAS_LIMIT), 'gasLimit')),
    validators,
    allocations: Object.fromEntries(
      allocations.map(([address, ait]) => [readAddress(address, 'allocations'), readAit(ait, address)]),
    ),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidGenesis('The genesis file is not JSON.');
  }
}

function readObject(value: unknown, field: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidGenesis(`${field}: must be an object.`);
  return value as Record<string, unknown>;
}

function readArray(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value)) throw new InvalidGenesis(`${field}: must be a list.`);
  return value;
}

function readInteger(value: unknown, field: string): number {
  if (!Number.isSafeInteger(value) || (value as number) <= 0)
    throw new InvalidGenesis(`${field}: must be a whole number above zero.`);
  return value as number;
}

function readAddress(value: unknown, field: string): string {
  if (typeof value !== 'string' || !isAddress(value, { strict: false }))
    throw new InvalidGenesis(`${field}: ${String(value)} is not an address.`);
  return value.toLowerCase();
}

function readAit(value: unknown, address: string): bigint {
  if (typeof value !== 'string' || !/^\d+(\.\d{1,18})?$/.test(value)) {
    throw new InvalidGenesis(`allocations.${address}: must be a decimal string of AIT.`);
  }
  return parseEther(value);
}
