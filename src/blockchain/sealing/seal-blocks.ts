import { Periodic } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChainMetrics } from '../chain-metrics.js';
import { Chain, type Head, toSeconds } from '../chain/chain.js';
import { TransactionPool } from '../mempool/transaction-pool.js';
import { isBlockDue } from './block-timing.js';
import { nextBaseFee } from './fees.js';
import { traceBlock } from './trace-block.js';

const JOB = 'seal-blocks';
const LOOK_EVERY_MS = 100;
const FOLLOW_EVERY_MS = 500;
const EXPIRE_EVERY_MS = 60_000;
/** The share of an interval for execution; the rest is for storing the block. */
const EXECUTION_SHARE = 0.75;

/** Seals blocks if this process holds the module's lease, and follows the sealing replica otherwise. */
@Injectable()
export class SealBlocks implements OnApplicationBootstrap, OnApplicationShutdown {
  private lastSealed: { number: number; at: number } | undefined;
  private follower: NodeJS.Timeout | undefined;
  private triedAt = 0;

  constructor(
    private readonly chain: Chain,
    private readonly pool: TransactionPool,
    private readonly periodic: Periodic,
    private readonly clock: Clock,
    private readonly metrics: ChainMetrics,
  ) {}

  onApplicationBootstrap(): void {
    this.pool.onArrival(() => this.periodic.wake(JOB));
    if (this.chain.settings.validatorKey !== undefined)
      this.periodic.every(JOB, { everyMs: LOOK_EVERY_MS }, () => this.sealIfDue());
    this.periodic.every('expire-transactions', { everyMs: EXPIRE_EVERY_MS }, () => this.pool.expire());
    this.follower = setInterval(() => void this.follow(), FOLLOW_EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.follower);
  }

  /** Seals the next block if it is due. */
  async sealIfDue(): Promise<void> {
    const head = await this.chain.head();
    const { intervalMs, genesis } = this.chain.settings;
    const now = this.clock.now();
    const sinceLast = now.getTime() - this.sealedAt(head);
    // A block that could not be stored is retried after an interval, not on every check.
    if (sinceLast < intervalMs || now.getTime() - this.triedAt < intervalMs) return;
    await this.pool.takeFromOthers();
    const fee = nextBaseFee(head.baseFee, BigInt(head.gasUsed), genesis.gasLimit);
    const transactions = this.pool.best(fee, genesis.gasLimit);
    const situation = {
      sinceLast,
      intervalMs,
      lastHadTransactions: head.transactionCount > 0,
      hasTransactions: transactions.length > 0,
    };
    if (!isBlockDue(situation)) return;
    this.triedAt = now.getTime();
    const candidates = transactions.map(({ hash, raw, patience }) => ({ hash, raw, isBounded: patience === 'rest' }));
    const request = { transactions: candidates, now: toSeconds(now), budgetMs: intervalMs * EXECUTION_SHARE };
    const { packed, refused, timedOut } = await traceBlock(transactions, () => this.chain.seal(request));
    this.metrics.sealed(packed.block, sinceLast);
    this.lastSealed = { number: packed.block.number, at: now.getTime() };
    await this.pool.settle(packed, refused);
    if (timedOut.size > 0) await this.pool.tookTooLong(transactions.filter(({ hash }) => timedOut.has(hash)));
  }

  /** Precise if this process sealed it; otherwise from the block, in whole seconds. */
  private sealedAt(head: Head): number {
    return this.lastSealed?.number === head.number ? this.lastSealed.at : head.sealedAt.getTime();
  }

  /** The sealing process checks, too: its database may have lost blocks. */
  private async follow(): Promise<void> {
    // A database outage is retried on the next check.
    try {
      if (await this.chain.follow()) await this.pool.refresh();
    } catch {
      return;
    }
  }
}
