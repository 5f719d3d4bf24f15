/** The known nonces of an account, from the chain and from transactions signed here. */
export interface NonceState {
  /** The number of the account's transactions in blocks. It may be older than `settled`. */
  readonly chain: number;
  /** The highest nonce seen in a block here, or -1. */
  readonly settled: number;
  /** Nonces of signed transactions that are not final. */
  readonly open: readonly number[];
}

/**
 * The lowest free nonce. The nonce of a permanently failed transaction is thereby reused, which closes the gap that
 * would block later ones.
 */
export function nextNonce({ chain, settled, open }: NonceState): number {
  const taken = new Set(open);
  let nonce = Math.max(chain, settled + 1);
  while (taken.has(nonce)) nonce += 1;
  return nonce;
}

/** Nonces below the highest open one that are neither in a block nor in use: they block all later ones. */
export function nonceGaps({ chain, settled, open }: NonceState): number[] {
  const taken = new Set(open);
  const gaps: number[] = [];
  for (let nonce = Math.max(chain, settled + 1); nonce < Math.max(...open, 0); nonce++) {
    if (!taken.has(nonce)) gaps.push(nonce);
  }
  return gaps;
}
