import type { BalanceChange } from './tracked-state.js';
import type { StateNode } from './state-overlay.js';

/** Everything stored for one block, in storage format: plain data that can leave the worker thread. */
export interface PackedBlock {
  readonly block: PackedHeader;
  readonly transactions: readonly PackedTransaction[];
  readonly logs: readonly PackedLog[];
  readonly balances: readonly BalanceChange[];
  readonly nodes: readonly StateNode[];
  /** Nonce and balance after the block of everyone who sent a transaction in it. */
  readonly senders: readonly SenderState[];
}

/** Hashes and addresses are lower-case hex with 0x. */
export interface PackedHeader {
  readonly number: number;
  readonly hash: string;
  readonly parentHash: string;
  readonly stateRoot: string;
  /** Unix seconds. */
  readonly timestamp: number;
  /** RLP of the header, hex. */
  readonly header: string;
  /** RLP of the envelope, hex. */
  readonly envelope: string;
  readonly gasUsed: number;
  readonly baseFee: bigint;
  /** Bytes of the whole block's RLP. */
  readonly size: number;
  readonly transactionCount: number;
}

export interface PackedTransaction {
  readonly hash: string;
  readonly blockNumber: number;
  readonly index: number;
  readonly sender: string;
  readonly recipient: string | null;
  readonly nonce: number;
  readonly value: bigint;
  readonly raw: string;
  readonly succeeded: boolean;
  readonly gasUsed: number;
  readonly cumulativeGasUsed: number;
  readonly gasPrice: bigint;
  readonly contractAddress: string | null;
  readonly transfers: readonly InternalTransfer[];
}

export interface PackedLog {
  readonly blockNumber: number;
  /** Position in the block. */
  readonly index: number;
  readonly transactionHash: string;
  readonly transactionIndex: number;
  readonly address: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/** Value moved by a call inside a transaction. */
export interface InternalTransfer {
  readonly from: string;
  readonly to: string;
  readonly value: bigint;
}

export interface SenderState {
  readonly address: string;
  readonly nonce: bigint;
  readonly balance: bigint;
}
