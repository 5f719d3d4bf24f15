/** After a block with transactions an empty one follows: clients look at receipts again only when a block comes. */
const HEARTBEAT_MS = 60_000;

export interface BlockSituation {
  /** Milliseconds since the newest block was sealed. */
  readonly sinceLast: number;
  readonly intervalMs: number;
  readonly lastHadTransactions: boolean;
  readonly hasTransactions: boolean;
}

/** Whether it is time for a block: at most one per interval, and then for a reason. */
export function isBlockDue({ sinceLast, intervalMs, lastHadTransactions, hasTransactions }: BlockSituation): boolean {
  if (sinceLast < intervalMs) return false;
  return hasTransactions || lastHadTransactions || sinceLast >= HEARTBEAT_MS;
}
