/** What is known of an account's nonces, from the chain and from what was signed here. */
export interface NonceState {
  /** How many transactions of the account are in blocks. It may be older than `settled`. */
  readonly chain: number;
  /** The highest nonce seen in a block here, or -1. */
  readonly settled: number;
  /** Nonces of transactions that are signed and not final. */
  readonly open: readonly number[];
}

/**
 * The lowest nonce that nothing occupies. That of a transaction which failed for good is thereby given to the next one, which
 * closes the gap that would hold up those behind it.
 */
export function nextNonce({ chain, settled, open }: NonceState): number {
  const taken = new Set(open);
  let nonce = Math.max(chain, settled + 1);
  while (taken.has(nonce)) nonce += 1;
  return nonce;
}

/** Nonces below the highest open one that neither a block nor an open transaction holds: they hold up all behind them. */
export function nonceGaps({ chain, settled, open }: NonceState): number[] {
  const taken = new Set(open);
  const gaps: number[] = [];
  for (let nonce = Math.max(chain, settled + 1); nonce < Math.max(...open, 0); nonce++) {
    if (!taken.has(nonce)) gaps.push(nonce);
  }
  return gaps;
}
