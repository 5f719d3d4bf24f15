import type { Common } from '@ethereumjs/common';
import {
  Capability,
  createTxFromRLP,
  type FeeMarket1559Tx,
  type LegacyTx,
  TransactionType,
  type TypedTransaction,
} from '@ethereumjs/tx';
import { bigIntMax, bytesToHex } from '@ethereumjs/util';
import { EngineError } from './engine-error.js';

/** The maximum size of a transaction, as in geth. */
export const TRANSACTION_SIZE_CAP = 128 * 1024;

/** A transaction with valid form, chain and signature: what a pool and its peers need to know. */
export interface CheckedTransaction {
  readonly hash: string;
  readonly sender: string;
  readonly recipient: string | null;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  /** The maximum price per gas, base units. */
  readonly maxFee: bigint;
  /** The maximum share of it that goes to the validator. */
  readonly priorityFee: bigint;
  /** gasLimit × maxFee + value: what the sender must hold. */
  readonly cost: bigint;
  readonly raw: Uint8Array;
}

/**
 * Decodes a signed transaction and recovers its sender. Rejects transactions without replay protection (before
 * EIP-155), blobs, other chains, wrong signatures, too little gas to start, more gas than EIP-7825 allows, and a tip
 * above the fee.
 * @throws EngineError 'invalid_transaction' with the reason.
 */
export function decodeTransaction(raw: Uint8Array, common: Common): TypedTransaction {
  if (raw.length === 0) throw invalid('the transaction is empty');
  if (raw.length > TRANSACTION_SIZE_CAP)
    throw invalid(`oversized data: ${raw.length} bytes, at most ${TRANSACTION_SIZE_CAP}`);
  if (raw[0] === TransactionType.BlobEIP4844) throw invalid('transaction type not supported: blob transactions');
  const transaction = parse(raw, common);
  if (!transaction.isSigned()) throw invalid('the transaction is not signed');
  if (isUnprotected(transaction)) throw invalid('only replay-protected (EIP-155) transactions allowed over RPC');
  const [error] = transaction.getValidationErrors();
  if (error !== undefined)
    throw invalid(
      error.startsWith('gasLimit is too low') ? `intrinsic gas too low: ${error}` : `invalid sender: ${error}`,
    );
  return transaction;
}

export function describeTransaction(transaction: TypedTransaction, raw: Uint8Array): CheckedTransaction {
  const { maxFee, priorityFee } = feesOf(transaction);
  return {
    hash: bytesToHex(transaction.hash()),
    sender: transaction.getSenderAddress().toString(),
    recipient: transaction.to?.toString() ?? null,
    nonce: transaction.nonce,
    gasLimit: transaction.gasLimit,
    maxFee,
    priorityFee,
    cost: transaction.gasLimit * maxFee + transaction.value,
    raw,
  };
}

/** Unifies both fee models: a legacy gas price is both the maximum price and the maximum tip. */
export function feesOf(transaction: TypedTransaction): { maxFee: bigint; priorityFee: bigint } {
  if (transaction.supports(Capability.EIP1559FeeMarket)) {
    const { maxFeePerGas, maxPriorityFeePerGas } = transaction as FeeMarket1559Tx;
    return { maxFee: maxFeePerGas, priorityFee: maxPriorityFeePerGas };
  }
  const { gasPrice } = transaction as LegacyTx;
  return { maxFee: gasPrice, priorityFee: gasPrice };
}

/** The price per gas in a block with this base fee. */
export function effectiveGasPrice(transaction: TypedTransaction, baseFee: bigint): bigint {
  const { maxFee, priorityFee } = feesOf(transaction);
  return bigIntMax(0n, maxFee < baseFee + priorityFee ? maxFee : baseFee + priorityFee);
}

function parse(raw: Uint8Array, common: Common): TypedTransaction {
  try {
    return createTxFromRLP(raw, { common });
  } catch (error) {
    throw invalid(describe(error as Error));
  }
}

function isUnprotected(transaction: TypedTransaction): boolean {
  return transaction.type === TransactionType.Legacy && !transaction.supports(Capability.EIP155ReplayProtection);
}

/** The library's message without its trailing dump of the transaction, in terms that clients know. */
function describe(error: Error): string {
  const message = error.message.replace(/ \(tx type=.*$/, '');
  return /chain ?id/i.test(message) ? `invalid chain id for signer: ${message}` : `rlp: ${message}`;
}

function invalid(message: string): EngineError {
  return new EngineError('invalid_transaction', message);
}
