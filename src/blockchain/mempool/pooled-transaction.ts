/** A transaction as the pool sees it; fees in base units per gas, `cost` the most that its sender can lose by it. */
export interface PooledTransaction {
  readonly hash: string;
  readonly sender: string;
  /** None where it creates a contract. */
  readonly recipient: string | null;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly maxFee: bigint;
  readonly priorityFee: bigint;
  readonly cost: bigint;
  readonly raw: Uint8Array;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** The trace of whoever submitted it. */
  readonly traceparent?: string;
}
