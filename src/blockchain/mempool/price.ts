import type { PooledTransaction } from './pooled-transaction.js';

/** Orders by the validator's share; ties are decided by the maximum fee. */
export function comparePrice(left: PooledTransaction, right: PooledTransaction): number {
  return compareBigint(left.priorityFee, right.priorityFee) || compareBigint(left.maxFee, right.maxFee);
}

export function compareBigint(left: bigint, right: bigint): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
