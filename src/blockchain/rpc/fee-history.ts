import type { StoredBlock } from '../chain/stored-block.entity.js';
import type { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { nextBaseFee } from '../sealing/fees.js';
import { grouped } from '../chain/grouped.js';
import { type Json, quantity } from './rpc-format.js';
import { invalidParams } from './rpc-error.js';
import { isAbsent } from './rpc-params.js';

export type BlockFees = Pick<StoredBlock, 'number' | 'baseFee' | 'gasUsed' | 'transactionCount'>;
export type TransactionFees = Pick<StoredTransaction, 'blockNumber' | 'gasPrice' | 'gasUsed'>;

const MAX_PERCENTILES = 100;

/**
 * The answer of eth_feeHistory for consecutive blocks. @param transactions their transactions, if percentiles are
 * requested.
 */
export function feeHistory(
  blocks: readonly BlockFees[],
  transactions: readonly TransactionFees[],
  gasLimit: bigint,
  percentiles: readonly number[],
): Json {
  const last = blocks.at(-1);
  const next = last === undefined ? [] : [nextBaseFee(last.baseFee, BigInt(last.gasUsed), gasLimit)];
  const answer = {
    oldestBlock: quantity(blocks[0]?.number ?? 0),
    baseFeePerGas: [...blocks.map(({ baseFee }) => baseFee), ...next].map(quantity),
    gasUsedRatio: blocks.map(({ gasUsed }) => gasUsed / Number(gasLimit)),
    baseFeePerBlobGas: [...blocks.map(() => '0x1'), ...next.map(() => '0x1')],
    blobGasUsedRatio: blocks.map(() => 0),
  };
  if (percentiles.length === 0) return answer;
  const byBlock = grouped(transactions, ({ blockNumber }) => blockNumber);
  return { ...answer, reward: blocks.map((block) => rewards(byBlock.get(block.number) ?? [], block, percentiles)) };
}

/** The newest blocks that together hold at most this many transactions; at least one. */
export function newestWithin(blocks: readonly BlockFees[], transactions: number): readonly BlockFees[] {
  let left = transactions;
  const first = blocks.findLastIndex(({ transactionCount }) => (left -= transactionCount) < 0);
  return blocks.slice(Math.min(first + 1, Math.max(0, blocks.length - 1)));
}

export function readPercentiles(value: unknown): readonly number[] {
  if (isAbsent(value)) return [];
  if (!Array.isArray(value) || value.length > MAX_PERCENTILES)
    throw invalidParams(`rewardPercentiles: a list of at most ${MAX_PERCENTILES} numbers is needed`);
  for (const [index, each] of value.entries()) {
    if (typeof each !== 'number' || !(each >= 0 && each <= 100))
      throw invalidParams(`invalid reward percentile: ${index} is no number from 0 to 100`);
    if (index > 0 && each < value[index - 1])
      throw invalidParams(`invalid reward percentile: #${index - 1}:${value[index - 1]} > #${index}:${each}`);
  }
  return value as number[];
}

/** The tips at the given percentiles of a block's gas. */
function rewards(
  transactions: readonly TransactionFees[],
  { baseFee, gasUsed }: BlockFees,
  percentiles: readonly number[],
): Json {
  const byTip = transactions
    .map((transaction) => ({ tip: transaction.gasPrice - baseFee, gas: transaction.gasUsed }))
    .sort((left, right) => (left.tip < right.tip ? -1 : Number(left.tip > right.tip)));
  return percentiles.map((percentile) => {
    let left = (gasUsed * percentile) / 100;
    const found = byTip.find(({ gas }) => (left -= gas) <= 0);
    return quantity((found ?? byTip.at(-1))?.tip ?? 0n);
  });
}
