/** A transaction in the pool; fees in base units per gas, `cost` is the maximum that its sender can lose. */
export interface PooledTransaction {
  readonly hash: string;
  readonly sender: string;
  /** Null for contract creation. */
  readonly recipient: string | null;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
  readonly cost: bigint;
  readonly raw: Uint8Array;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** The submitter's trace. */
  readonly traceparent?: string;
}
