import { LRUCache } from 'lru-cache';
import type { PooledTransaction } from './pooled-transaction.js';

/** A transaction's time limit: the full limit, the time that its block has left after all others, or none yet. */
export type Patience = 'full' | 'rest' | 'none';

interface Strikes {
  readonly count: number;
  readonly at: number;
}

const REMEMBERED = 10_000;
const FORGIVEN_AFTER_MS = 3_600_000;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 600_000;
/** A transaction that uses its full time limit in vain takes 3.4 s: this bounds that to a tenth of all time. */
const CALM_MS = 34_000;

/**
 * Tracks transactions left out for exceeding their time. They paid nothing, so without a penalty their sender could use
 * up the time of every block. A pure data structure: the time is an argument.
 */
export class SlowTransactions {
  private readonly strikes = new LRUCache<string, Strikes>({ max: REMEMBERED });
  private readonly dropped = new LRUCache<string, true>({ max: REMEMBERED });
  private lastFull = Number.NEGATIVE_INFINITY;

  /** @param isLong whether its gas suffices to be slow. */
  patience({ sender, recipient }: PooledTransaction, isLong: boolean, now: number): Patience {
    const own = this.strikesOf(sender, now);
    if (own !== undefined && now < own.at + waitOf(own.count)) return 'none';
    if (own !== undefined) return 'rest';
    if (!isLong) return 'full';
    const isCalm = now - this.lastFull >= CALM_MS;
    // A contract is never blocked entirely: any caller could otherwise lock out all others with a slow call.
    const isKnown = recipient !== null && this.strikesOf(recipient, now) !== undefined;
    return isCalm && !isKnown ? 'full' : 'rest';
  }

  /** @returns whether to drop it: it has had its full time limit. */
  tookTooLong({ hash, sender, recipient }: PooledTransaction, patience: Patience, now: number): boolean {
    // It only had the time left over by others, which is no evidence against a sender without a strike.
    if (patience !== 'full' && this.strikesOf(sender, now) === undefined) return false;
    this.strike(sender, now);
    if (patience !== 'full') return false;
    if (recipient !== null) this.strike(recipient, now);
    this.lastFull = now;
    this.dropped.set(hash, true);
    return true;
  }

  wasDropped(hash: string): boolean {
    return this.dropped.has(hash);
  }

  private strike(address: string, now: number): void {
    this.strikes.set(address, { count: (this.strikesOf(address, now)?.count ?? 0) + 1, at: now });
  }

  private strikesOf(address: string, now: number): Strikes | undefined {
    const strikes = this.strikes.get(address);
    return strikes !== undefined && now - strikes.at < FORGIVEN_AFTER_MS ? strikes : undefined;
  }
}

function waitOf(count: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (count - 1));
}
