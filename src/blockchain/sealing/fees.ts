/** The tip suggested to wallets: large enough for a replacement by 10 % to matter. */
export const SUGGESTED_TIP = 1_000_000_000n;

const BASE_FEE_CHANGE = 8n;
const ELASTICITY = 2n;

/** The base fee after a block with this gas usage (EIP-1559). */
export function nextBaseFee(baseFee: bigint, gasUsed: bigint, gasLimit: bigint): bigint {
  const target = gasLimit / ELASTICITY;
  if (gasUsed === target) return baseFee;
  if (gasUsed > target) {
    const rise = (baseFee * (gasUsed - target)) / target / BASE_FEE_CHANGE;
    return baseFee + (rise > 1n ? rise : 1n);
  }
  const fall = (baseFee * (target - gasUsed)) / target / BASE_FEE_CHANGE;
  return baseFee > fall ? baseFee - fall : 0n;
}
