import type { Fees } from './sign-transaction.js';

/** The gas of a plain transfer to an account without code. */
export const TRANSFER_GAS = 21_000n;
/** A lock takes 70,300; the rest is margin, and unused gas is not paid. */
export const LOCK_GAS = 120_000n;
/** 62,300 if all recipients accept; 290,400 if provider, treasury and client each use up their gas and refuse. */
export const SETTLE_GAS = 400_000n;
/** Creating JobEscrow takes 733,300. */
export const DEPLOY_GAS = 1_500_000n;

/** A transaction stays valid while the base fee grows eightfold, which takes 18 consecutive full blocks. */
const BASE_FEE_MARGIN = 8n;

export interface CurrentFees {
  readonly baseFee: bigint;
  readonly priorityFee: bigint;
}

/** Fees that get a transaction into a block soon, even after a rush. */
export function feesFor(gas: bigint, { baseFee, priorityFee }: CurrentFees): Fees {
  return { gas, maxFeePerGas: baseFee * BASE_FEE_MARGIN + priorityFee, maxPriorityFeePerGas: priorityFee };
}

/** A fifth more than estimated: the state may change before the transaction runs. */
export function withMargin(estimate: bigint): bigint {
  return estimate === TRANSFER_GAS ? estimate : (estimate * 6n) / 5n;
}
