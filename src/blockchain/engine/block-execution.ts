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

/** What a block is executed with. */
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
  /** Candidates that cannot be in this block for a reason of their own, by hash. */
  readonly refused: ReadonlyMap<string, string>;
  /** Those that took longer than they may, by hash. */
  readonly timedOut: ReadonlySet<string>;
}

/** When a proposer stops adding, and whether a transaction that cannot run spoils the block (it does in an import). */
export interface ExecutionPolicy {
  readonly strict: boolean;
  readonly outOfTime: () => boolean;
  /** What a proposer gives a single transaction. An importer gives it forever: time never decides whether a block is valid. */
  readonly transactionMs: (transaction: TypedTransaction) => number;
}

/** With less time nothing is tried: it would be cut off for what ran before it. */
const LEAST_MS = 50;
/** Room for header, envelope and list prefixes when the proposer counts bytes. */
const SIZE_RESERVE = 2_048;
/** Reads that arrive during a block wait at most about this long for their turn, milliseconds. */
const TURN_MS = 20;

/**
 * Executes candidates in their order on the parent's state and completes the header.
 * Leaves the new state pending; when it throws, the machine must be thrown away.
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
    // One is tried in any case: a machine that is too slow for more makes progress all the same.
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

/** @returns whether it is in the block. A transaction that fails in the EVM is; one that may not even start is not. */
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

/** Calls that were interrupted have not closed what they opened. */
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

/** Contract address that a transaction created, if it did. */
export function createdContract({ transaction, result }: ExecutedTransaction): string | null {
  const created = transaction.to === undefined && result.execResult.exceptionError === undefined;
  return created ? (result.createdAddress?.toString() ?? null) : null;
}
