import type { StoredBlock } from '../chain/stored-block.entity.js';
import type { StoredTransaction } from '../chain/stored-transaction.entity.js';
import { nextBaseFee } from '../sealing/fees.js';
import { type Json, quantity } from './rpc-format.js';
import { invalidParams } from './rpc-error.js';

/** The answer of eth_feeHistory for consecutive blocks. */
export async function feeHistory(
  blocks: readonly StoredBlock[],
  gasLimit: bigint,
  percentiles: unknown,
  transactionsOf: (block: number) => Promise<StoredTransaction[]>,
): Promise<Json> {
  const wanted = readPercentiles(percentiles);
  const last = blocks.at(-1);
  const next = last === undefined ? [] : [nextBaseFee(last.baseFee, BigInt(last.gasUsed), gasLimit)];
  const answer = {
    oldestBlock: quantity(blocks[0]?.number ?? 0),
    baseFeePerGas: [...blocks.map(({ baseFee }) => baseFee), ...next].map(quantity),
    gasUsedRatio: blocks.map(({ gasUsed }) => gasUsed / Number(gasLimit)),
    baseFeePerBlobGas: [...blocks.map(() => '0x1'), ...next.map(() => '0x1')],
    blobGasUsedRatio: blocks.map(() => 0),
  };
  if (wanted.length === 0) return answer;
  const reward: Json[] = [];
  for (const block of blocks) reward.push(rewards(await transactionsOf(block.number), block, wanted));
  return { ...answer, reward };
}

/** The tips at the given percentiles of a block's gas. */
function rewards(
  transactions: readonly StoredTransaction[],
  { baseFee, gasUsed }: StoredBlock,
  percentiles: readonly number[],
): Json {
  const byTip = transactions
    .map((transaction) => ({ tip: transaction.gasPrice - baseFee, gas: transaction.gasUsed }))
    .sort((left, right) => (left.tip < right.tip ? -1 : 1));
  return percentiles.map((percentile) => {
    let left = (gasUsed * percentile) / 100;
    const found = byTip.find(({ gas }) => (left -= gas) <= 0);
    return quantity((found ?? byTip.at(-1))?.tip ?? 0n);
  });
}

function readPercentiles(value: unknown): number[] {
  if (value === undefined || value === null) return [];
  const valid =
    Array.isArray(value) &&
    value.length <= 100 &&
    value.every((each) => typeof each === 'number' && each >= 0 && each <= 100);
  if (!valid) throw invalidParams('rewardPercentiles: at most 100 numbers from 0 to 100 are needed');
  return value as number[];
}
