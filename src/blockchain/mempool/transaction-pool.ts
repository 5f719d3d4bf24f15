import { afterCommit, currentTraceparent, UnitOfWork } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { bytesToHex, hexToBytes } from '@ethereumjs/util';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThanOrEqual, Repository } from 'typeorm';
import { Chain } from '../chain/chain.js';
import { insertRows } from '../chain/insert-rows.js';
import type { TransactionCheck } from '../engine/chain-engine.js';
import type { PackedBlock } from '../engine/packed-block.js';
import { type Chosen, DEFAULT_POOL_LIMITS, Mempool, type SenderAccount } from './mempool.js';
import type { PooledTransaction } from './pooled-transaction.js';
import { PoolRefusal } from './pool-refusal.js';
import { SlowTransactions } from './slow-transactions.js';
import { WaitingTransaction } from './waiting-transaction.entity.js';

type Checked = Extract<TransactionCheck, { account: unknown }>;

const ROW = ['hash', 'raw', 'received_at', 'traceparent'];
const CHECKED_AT_ONCE = 500;
/** How far back to look for other replicas' transactions: their clocks may differ. */
const LOOK_BACK_MS = 30_000;
const LOOK_EVERY_MS = 500;

/** The pool of this process and its rows. Rows survive restarts; the in-memory pool makes the decisions. */
@Injectable()
export class TransactionPool implements OnModuleInit {
  private readonly logger = new Logger('TransactionPool');
  private readonly pool: Mempool;
  private readonly slow = new SlowTransactions();
  private arrived: () => void = () => undefined;
  private lookedAt = 0;

  constructor(
    private readonly chain: Chain,
    @InjectRepository(WaitingTransaction, 'blockchain') private readonly waiting: Repository<WaitingTransaction>,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {
    this.pool = new Mempool({ ...DEFAULT_POOL_LIMITS, blockGas: chain.settings.genesis.gasLimit });
    chain.onReplaced(() => void this.refresh().catch((error: unknown) => this.logger.warn(String(error))));
  }

  get size(): number {
    return this.pool.size;
  }

  get room(): number {
    return this.pool.room;
  }

  /** Loads the pending transactions stored before the restart. */
  async onModuleInit(): Promise<void> {
    await this.takeUp(await this.waiting.find({ order: { receivedAt: 'ASC' } }));
  }

  onArrival(notify: () => void): void {
    this.arrived = notify;
  }

  find(hash: string): PooledTransaction | undefined {
    return this.pool.get(hash);
  }

  nextNonce(address: string, headNonce: bigint): bigint {
    return this.pool.nextNonce(address.toLowerCase(), headNonce);
  }

  best(baseFee: bigint, gas: bigint): Chosen[] {
    const now = this.clock.now().getTime();
    return this.pool.best(baseFee, gas, (transaction, isLong) => this.slow.patience(transaction, isLong, now));
  }

  /** A block left these out for exceeding their time; those that had the full limit are dropped. */
  async tookTooLong(transactions: readonly Chosen[]): Promise<void> {
    const now = this.clock.now().getTime();
    const dropped = transactions.filter((each) => this.slow.tookTooLong(each, each.patience, now));
    dropped.forEach(({ hash }) => this.pool.remove(hash));
    await this.forget(dropped.map(({ hash }) => hash));
  }

  /** Whether this process dropped it for exceeding its time. */
  wasTooSlow(hash: string): boolean {
    return this.slow.wasDropped(hash);
  }

  /**
   * Stores a checked transaction, and adds it to the pool after the commit; runs in a unit of work. If the pool has no
   * room by then, its row is retried together with those of other replicas.
   * @throws PoolRefusal, except for a known transaction.
   */
  async admit({ checked, account }: Checked): Promise<void> {
    const receivedAt = this.clock.now();
    const traceparent = currentTraceparent();
    const pooled = { ...checked, receivedAt: receivedAt.getTime(), traceparent };
    const isKnown = this.pool.get(checked.hash) !== undefined;
    const removed = isKnown ? [] : this.pool.check(pooled, account).removed;
    await insertRows(this.waiting.manager, 'blockchain_waiting_transactions', ROW, [
      [checked.hash, bytesToHex(checked.raw), receivedAt.getTime(), traceparent ?? null],
    ]);
    if (removed.length > 0) await this.waiting.delete({ hash: In([...removed]) });
    afterCommit(() => {
      this.tryAdd({ checked, account }, { receivedAt, traceparent: traceparent ?? null, hash: checked.hash });
      this.arrived();
    });
  }

  /** After a block: removes used and permanently invalid transactions. */
  async settle(packed: PackedBlock, refused: ReadonlyMap<string, string>): Promise<void> {
    const execution = await this.chain.settled();
    const unsettled = [...refused.keys()]
      .map((hash) => this.pool.get(hash)?.sender)
      .filter((sender) => sender !== undefined);
    const accounts = [...packed.senders, ...(await execution.accounts([...new Set(unsettled)]))];
    const outdated = this.pool.settle(new Map(accounts.map((account) => [account.address, account])));
    refused.forEach((_, hash) => this.pool.remove(hash));
    const mined = new Set(packed.transactions.map(({ hash }) => hash));
    await this.forget([...outdated, ...refused.keys()].filter((hash) => !mined.has(hash)));
  }

  /**
   * The head has moved: another replica advanced the chain, or it has lost blocks whose transactions are pending again.
   */
  async refresh(): Promise<void> {
    this.lookedAt = 0;
    this.pool.forgetSettled();
    const accounts = await (await this.chain.settled()).accounts(this.pool.senders());
    this.pool.settle(new Map(accounts.map((account) => [account.address, account])));
  }

  /** Loads transactions accepted by other replicas. */
  async takeFromOthers(): Promise<void> {
    const now = this.clock.now().getTime();
    if (now - this.lookedAt < LOOK_EVERY_MS) return;
    const since = new Date(Math.max(0, this.lookedAt - LOOK_BACK_MS));
    this.lookedAt = now;
    const rows = await this.waiting.find({
      where: { receivedAt: MoreThanOrEqual(since) },
      order: { receivedAt: 'ASC' },
    });
    await this.takeUp(rows.filter(({ hash }) => this.pool.get(hash) === undefined));
  }

  async expire(): Promise<void> {
    await this.forget(this.pool.expire(this.clock.now().getTime()));
  }

  private async takeUp(rows: readonly WaitingTransaction[]): Promise<void> {
    const execution = await this.chain.settled();
    const refused: string[] = [];
    for (let start = 0; start < rows.length; start += CHECKED_AT_ONCE) {
      const chunk = rows.slice(start, start + CHECKED_AT_ONCE);
      const checks = await execution.check(chunk.map(({ raw }) => hexToBytes(raw as `0x${string}`)));
      for (const [index, check] of checks.entries()) {
        refused.push(...this.tryAdd(check, chunk[index]!));
      }
    }
    await this.forget(refused);
  }

  private tryAdd(
    check: TransactionCheck,
    { hash, receivedAt, traceparent }: Omit<WaitingTransaction, 'raw'>,
  ): readonly string[] {
    if ('refusal' in check) return [hash];
    try {
      return this.add(check, receivedAt, traceparent ?? undefined);
    } catch (error) {
      if (error instanceof PoolRefusal) return [hash];
      throw error;
    }
  }

  private add(
    { checked, account }: { checked: Checked['checked']; account: SenderAccount },
    receivedAt: Date,
    traceparent: string | undefined,
  ): readonly string[] {
    if (this.pool.get(checked.hash) !== undefined) return [];
    return this.pool.add({ ...checked, receivedAt: receivedAt.getTime(), traceparent }, account).removed;
  }

  private async forget(hashes: readonly string[]): Promise<void> {
    if (hashes.length === 0) return;
    await this.unitOfWork.run(() => this.waiting.delete({ hash: In([...hashes]) }));
  }
}
