import type { Fees } from './sign-transaction.js';

/** What a plain transfer to an account without code takes. */
export const TRANSFER_GAS = 21_000n;
/** A lock takes 70,300; the rest is margin, and what is not used is not paid. */
export const LOCK_GAS = 120_000n;
/** 62,300 to accounts that take the money; 290,400 when provider, treasury and client each use all the gas they may and refuse. */
export const SETTLE_GAS = 400_000n;
/** The creation of JobEscrow takes 733,300. */
export const DEPLOY_GAS = 1_500_000n;

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
