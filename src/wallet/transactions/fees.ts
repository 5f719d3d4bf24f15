import type { Fees } from './sign-transaction.js';

/** What a plain transfer to an account without code takes. */
export const TRANSFER_GAS = 21_000n;
/** Measured at 96,000 for a first lock; the rest is margin, and what is not used is not paid. */
export const LOCK_GAS = 200_000n;
/** Three payments to contracts that use all the gas they may, each then credited: below 330,000. */
export const SETTLE_GAS = 500_000n;
/** The creation of JobEscrow takes about 900,000. */
export const DEPLOY_GAS = 2_500_000n;

/** A transaction stays acceptable while the base fee grows eightfold, which takes 18 full blocks in a row. */
const BASE_FEE_MARGIN = 8n;

export interface CurrentFees {
  readonly baseFee: bigint;
  readonly priorityFee: bigint;
}

/** Fees at which a transaction gets into a block soon, and still does after a rush. */
export function feesFor(gas: bigint, { baseFee, priorityFee }: CurrentFees): Fees {
  return { gas, maxFeePerGas: baseFee * BASE_FEE_MARGIN + priorityFee, maxPriorityFeePerGas: priorityFee };
}

/** A fifth more than estimated: the state may change before the transaction runs. */
export function withMargin(estimate: bigint): bigint {
  return estimate === TRANSFER_GAS ? estimate : (estimate * 6n) / 5n;
}
