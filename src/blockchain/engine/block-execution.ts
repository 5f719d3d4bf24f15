import { type Block, createBlock, type HeaderData } from '@ethereumjs/block';
import type { TypedTransaction } from '@ethereumjs/tx';
import { bytesToHex } from '@ethereumjs/util';
import { encodeReceipt, type RunTxResult, runTx, type VM } from '@ethereumjs/vm';
import type { EVM } from '@ethereumjs/evm';
import type { Common } from '@ethereumjs/common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { BLOCK_SIZE_CAP } from './block-plan.js';
import type { ChainCrypto } from './chain-crypto.js';
import { effectiveGasPrice } from './chain-transaction.js';
import { applySystemWrites } from './chain-vm.js';
import type { InternalTransfers } from './internal-transfers.js';
import { orderedTrieRoot } from './ordered-trie.js';
import type { InternalTransfer } from './packed-block.js';
import { Interrupted, type TimeLimit } from './time-limit.js';
import type { TrackedState } from './tracked-state.js';

/** The environment that a block is executed in. */
export interface Machine {
  readonly common: Common;
  readonly crypto: ChainCrypto;
  readonly state: TrackedState;
  readonly vm: VM & { readonly evm: EVM };
  readonly transfers: InternalTransfers;
  readonly limit: TimeLimit;
}

export interface ExecutedTransaction {
  readonly transaction: TypedTransaction;
  readonly result: RunTxResult;
  readonly gasPrice: bigint;
  readonly transfers: readonly InternalTransfer[];
}

export interface ExecutedBlock {
  readonly block: Block;
  readonly executed: readonly ExecutedTransaction[];
  /** Candidates that are themselves invalid for this block, by hash. */
  readonly refused: ReadonlyMap<string, string>;
  /** Candidates that exceeded their time limit, by hash. */
  readonly timedOut: ReadonlySet<string>;
}

/**
 * When a proposer stops adding transactions, and whether one that cannot run invalidates the block (it does in an
 * import).
 */
export interface ExecutionPolicy {
  readonly strict: boolean;
  readonly outOfTime: () => boolean;
  /** A proposer's time limit per transaction. An importer has none: time never decides whether a block is valid. */
  readonly transactionMs: (transaction: TypedTransaction) => number;
}

/** With less time left no transaction is tried: it would be cut off because of earlier ones. */
const LEAST_MS = 50;
/** Room for header, envelope and list prefixes when the proposer counts bytes. */
const SIZE_RESERVE = 2_048;
/** The approximate maximum wait of reads that arrive during a block, milliseconds. */
const TURN_MS = 20;

/**
 * Executes candidates in order on the parent's state and completes the header. Leaves the new state pending; after an
 * error, the machine must be discarded.
 */
export async function executeBlock(
  machine: Machine,
  planned: HeaderData,
  candidates: readonly TypedTransaction[],
  policy: ExecutionPolicy,
): Promise<ExecutedBlock> {
  const { common, state, vm } = machine;
  const block = createBlock({ header: planned, withdrawals: [] }, { common });
  const { header } = block;
  await vm.evm.journal.checkpoint();
  await applySystemWrites(state, header.number, header.timestamp, header.parentHash);
  const { executed, refused, timedOut, gasUsed } = await executeAll(machine, block, candidates, policy);
  const stateRoot = await state.getStateRoot();
  await vm.evm.journal.commit();
  const transactions = executed.map(({ transaction }) => transaction);
  const finished: HeaderData = { ...planned, stateRoot, gasUsed, ...rootsOf(executed, machine.crypto) };
  return {
    block: createBlock({ header: finished, transactions, withdrawals: [] }, { common }),
    executed,
    refused,
    timedOut,
  };
}

interface Progress {
  executed: ExecutedTransaction[];
  refused: Map<string, string>;
  timedOut: Set<string>;
  gasUsed: bigint;
}

async function executeAll(
  machine: Machine,
  block: Block,
  candidates: readonly TypedTransaction[],
  policy: ExecutionPolicy,
): Promise<Progress> {
  const progress: Progress = { executed: [], refused: new Map(), timedOut: new Set(), gasUsed: 0n };
  let size = SIZE_RESERVE;
  let isTried = false;
  let turnEnds = performance.now() + TURN_MS;
  for (const transaction of candidates) {
    const bytes = transaction.serialize().length + 4;
    const fits = transaction.gasLimit <= block.header.gasLimit - progress.gasUsed && size + bytes <= BLOCK_SIZE_CAP;
    if (!fits && policy.strict) throw new Error('the transactions exceed the gas or size of a block');
    // One is tried in any case, so that even a slow machine makes progress.
    if (isTried && policy.outOfTime()) break;
    if (!fits || policy.transactionMs(transaction) < LEAST_MS) continue;
    isTried = true;
    if (await executeOne(machine, block, transaction, progress, policy)) size += bytes;
    if (performance.now() < turnEnds) continue;
    await nextTurn();
    turnEnds = performance.now() + TURN_MS;
  }
  return progress;
}

/** @returns whether it is in the block: a transaction that fails in the EVM is, one that cannot start is not. */
async function executeOne(
  machine: Machine,
  block: Block,
  transaction: TypedTransaction,
  progress: Progress,
  policy: ExecutionPolicy,
): Promise<boolean> {
  const { state, limit } = machine;
  const depth = state.openCheckpoints;
  try {
    limit.begin(policy.transactionMs(transaction));
    const result = await runTx(machine.vm, {
      tx: transaction,
      block,
      blockGasUsed: progress.gasUsed,
      skipHardForkValidation: true,
    });
    const gasPrice = effectiveGasPrice(transaction, block.header.baseFeePerGas!);
    progress.executed.push({ transaction, result, gasPrice, transfers: machine.transfers.take() });
    progress.gasUsed += result.totalGasSpent;
    return true;
  } catch (error) {
    machine.transfers.take();
    if (policy.strict) throw error;
    const hash = bytesToHex(transaction.hash());
    if (error instanceof Interrupted) {
      await unwind(machine, depth);
      progress.timedOut.add(hash);
    } else progress.refused.set(hash, (error as Error).message);
    return false;
  }
}

/** Interrupted calls have not closed their checkpoints. */
async function unwind({ state, vm }: Machine, depth: number): Promise<void> {
  while (state.openCheckpoints > depth) await state.revert();
  vm.evm.transientStorage.clear();
}

function rootsOf(executed: readonly ExecutedTransaction[], crypto: ChainCrypto): HeaderData {
  const receipts = executed.map(({ transaction, result }) => encodeReceipt(result.receipt, transaction.type));
  const logsBloom = new Uint8Array(256);
  for (const { result } of executed) result.bloom.bitvector.forEach((byte, index) => (logsBloom[index]! |= byte));
  return {
    transactionsTrie: orderedTrieRoot(
      executed.map(({ transaction }) => transaction.serialize()),
      crypto.keccak256,
    ),
    receiptTrie: orderedTrieRoot(receipts, crypto.keccak256),
    logsBloom,
  };
}

/** The address of the contract that a transaction created, if any. */
export function createdContract({ transaction, result }: ExecutedTransaction): string | null {
  const created = transaction.to === undefined && result.execResult.exceptionError === undefined;
  return created ? (result.createdAddress?.toString() ?? null) : null;
}
