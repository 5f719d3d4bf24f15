import type { Proof } from '@ethereumjs/common';
import { parseTransaction, type Hex } from 'viem';
import { toSeconds } from '../chain/chain.js';
import type { StoredBlock } from '../chain/stored-block.entity.js';
import type { StoredLog } from '../chain/stored-log.entity.js';
import type { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { headerFields } from './header-fields.js';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function quantity(value: bigint | number): Hex {
  return `0x${value.toString(16)}`;
}

function timestamp({ sealedAt }: BlockStamp): Hex {
  return quantity(toSeconds(sealedAt));
}

/** @param transactions hashes or whole transactions. */
export function formatBlock(block: StoredBlock, transactions: readonly Json[]): Json {
  const { hash, size } = block;
  return { hash, ...headerFields(block.header), size: quantity(size), transactions, uncles: [], withdrawals: [] };
}

/** The block fields repeated in everything inside a block. */
export type BlockStamp = Pick<StoredBlock, 'hash' | 'sealedAt'>;

/** A transaction's position in the chain; absent while it is pending. */
export interface Inclusion {
  readonly block: BlockStamp;
  readonly blockNumber: number;
  readonly position: number;
  readonly gasPrice: bigint;
}

/** @param raw the signed transaction, hex. */
export function formatTransaction(raw: string, hash: string, sender: string, included?: Inclusion): Json {
  const { gas, nonce, to, value, data, chainId, r, s, v, yParity, ...rest } = parseTransaction(raw as Hex);
  const legacy = rest.type === 'legacy';
  const fees =
    legacy || rest.type === 'eip2930' ? { gasPrice: quantity(rest.gasPrice ?? 0n) } : cappedFees(rest, included);
  const typed: { [name: string]: Json } = legacy
    ? {}
    : { accessList: (rest as { accessList?: Json }).accessList ?? [], yParity: quantity(yParity ?? 0) };
  return {
    hash,
    type: quantity(TYPES[rest.type!] ?? 0),
    from: sender,
    to: to?.toLowerCase() ?? null,
    nonce: quantity(nonce ?? 0),
    gas: quantity(gas ?? 0n),
    value: quantity(value ?? 0n),
    input: data ?? '0x',
    chainId: quantity(chainId ?? 0),
    ...fees,
    ...typed,
    ...authorizations(rest as Record<string, unknown>),
    v: quantity(legacy ? (v ?? 0n) : (yParity ?? 0)),
    r: trimmed(r),
    s: trimmed(s),
    blockHash: included?.block.hash ?? null,
    blockNumber: included === undefined ? null : quantity(included.blockNumber),
    blockTimestamp: included === undefined ? null : timestamp(included.block),
    transactionIndex: included === undefined ? null : quantity(included.position),
  };
}

const TYPES: Readonly<Record<string, number>> = { legacy: 0, eip2930: 1, eip1559: 2, eip7702: 4 };

function cappedFees(
  fees: { maxFeePerGas?: bigint | undefined; maxPriorityFeePerGas?: bigint | undefined },
  included?: Inclusion,
): { [name: string]: Json } {
  const maxFeePerGas = fees.maxFeePerGas ?? 0n;
  return {
    maxFeePerGas: quantity(maxFeePerGas),
    maxPriorityFeePerGas: quantity(fees.maxPriorityFeePerGas ?? 0n),
    gasPrice: quantity(included?.gasPrice ?? maxFeePerGas),
  };
}

function authorizations(fields: Record<string, unknown>): { [name: string]: Json } {
  const list = fields['authorizationList'] as
    { address: string; chainId: number; nonce: number; r: Hex; s: Hex; yParity: number }[] | undefined;
  if (list === undefined) return {};
  const format = ({ address, chainId, nonce, r, s, yParity }: (typeof list)[number]): Json => {
    return {
      address,
      chainId: quantity(chainId),
      nonce: quantity(nonce),
      r: trimmed(r),
      s: trimmed(s),
      yParity: quantity(yParity),
    };
  };
  return { authorizationList: list.map(format) };
}

function trimmed(hex: string | undefined): string {
  return quantity(BigInt(hex ?? '0x0'));
}

export function formatLog(log: StoredLog, block: BlockStamp): Json {
  const { address, topics, data, transactionHash } = log;
  return {
    address,
    topics,
    data,
    blockHash: block.hash,
    blockNumber: quantity(log.blockNumber),
    blockTimestamp: timestamp(block),
    transactionHash,
    transactionIndex: quantity(log.transactionPosition),
    logIndex: quantity(log.position),
    removed: false,
  };
}

/** A receipt without its logs. */
export function formatReceipt(transaction: StoredTransaction, logsBloom: string, block: BlockStamp): Json {
  const { hash, sender, recipient, contractAddress, raw } = transaction;
  const type = Number.parseInt(raw.slice(2, 4), 16);
  return {
    transactionHash: hash,
    transactionIndex: quantity(transaction.position),
    blockHash: block.hash,
    blockNumber: quantity(transaction.blockNumber),
    from: sender,
    to: recipient,
    gasUsed: quantity(transaction.gasUsed),
    cumulativeGasUsed: quantity(transaction.cumulativeGasUsed),
    effectiveGasPrice: quantity(transaction.gasPrice),
    contractAddress,
    logsBloom,
    status: quantity(transaction.succeeded ? 1 : 0),
    type: quantity(type > 0x7f ? 0 : type),
  };
}

/**
 * Slots are returned in the requested form, including zeros. A missing account has no slots, which its account proof
 * shows.
 */
export function formatProof({ storageProof, ...account }: Proof, keys: readonly string[]): Json {
  const absent = { value: '0x0', proof: [] };
  return { ...account, storageProof: keys.map((key, index) => ({ ...absent, ...storageProof[index], key })) };
}
