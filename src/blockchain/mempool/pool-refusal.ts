export type PoolRefusalReason =
  'already_known' | 'invalid' | 'nonce_too_low' | 'underpriced' | 'insufficient_funds' | 'full';

/** Why the pool rejects a transaction, in the words that Ethereum clients match. */
export class PoolRefusal extends Error {
  override readonly name = 'PoolRefusal';

  constructor(
    readonly reason: PoolRefusalReason,
    message: string,
  ) {
    super(message);
  }
}
