/** An empty block follows one with transactions: clients check receipts again only when a block arrives. */
const HEARTBEAT_MS = 60_000;

export interface BlockSituation {
  /** Milliseconds since the newest block was sealed. */
  readonly sinceLast: number;
  readonly intervalMs: number;
  readonly lastHadTransactions: boolean;
  readonly hasTransactions: boolean;
}

/** Whether a block is due: at most one per interval, and only for a reason. */
export function isBlockDue({ sinceLast, intervalMs, lastHadTransactions, hasTransactions }: BlockSituation): boolean {
  if (sinceLast < intervalMs) return false;
  return hasTransactions || lastHadTransactions || sinceLast >= HEARTBEAT_MS;
}
