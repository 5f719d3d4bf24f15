import { LRUCache } from 'lru-cache';
import type { PooledTransaction } from './pooled-transaction.js';
import { PoolRefusal } from './pool-refusal.js';
import { comparePrice } from './price.js';
import type { Patience } from './slow-transactions.js';
import { TipHeap } from './tip-heap.js';

/** A sender's account at the head. */
export interface SenderAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
}

export interface PoolLimits {
  readonly total: number;
  readonly perSender: number;
  /** The limit of transactions behind a nonce gap, which cost their sender nothing while they wait. */
  readonly gapped: number;
  readonly lifetimeMs: number;
  /** Minimum fee per gas. */
  readonly minimumFee: bigint;
  /** Gas limit of a block: a larger transaction can never run. */
  readonly blockGas: bigint;
}

export const DEFAULT_POOL_LIMITS = {
  total: 16_384,
  perSender: 1_024,
  gapped: 2_048,
  lifetimeMs: 3 * 3_600_000,
  minimumFee: 7n,
} as const;

/** A transaction with more gas may be slow: about 50 transfers' worth. */
const SHORT_GAS = 1_000_000n;

/** The number of accounts from recent blocks that are cached. */
const SETTLED = 16_384;

type PatienceOf = (transaction: PooledTransaction, isLong: boolean) => Patience;

interface Queue {
  account: SenderAccount;
  readonly byNonce: Map<bigint, PooledTransaction>;
}

/** A transaction selected for a block, with its time limit. */
export interface Chosen extends PooledTransaction {
  readonly patience: Patience;
}

/** The transactions that an accepted one displaced. */
export interface Admission {
  readonly removed: readonly string[];
}

/**
 * Pending transactions. A pure data structure: accounts and the time are arguments. Within a sender nonces are unique
 * and ordered; a gap holds back the transactions behind it.
 */
export class Mempool {
  private readonly queues = new Map<string, Queue>();
  private readonly byHash = new Map<string, PooledTransaction>();
  /** A transaction may have been checked before its sender's last block. */
  private readonly settled = new LRUCache<string, SenderAccount>({ max: SETTLED });

  constructor(private readonly limits: PoolLimits) {}

  get size(): number {
    return this.byHash.size;
  }

  /** The maximum number of transactions. */
  get room(): number {
    return this.limits.total;
  }

  get(hash: string): PooledTransaction | undefined {
    return this.byHash.get(hash);
  }

  *[Symbol.iterator](): Iterator<PooledTransaction> {
    yield* this.byHash.values();
  }

  /**
   * Adds a transaction.
   * @param found its sender at the head, or at an earlier one.
   * @throws PoolRefusal, without any change.
   */
  add(transaction: PooledTransaction, found: SenderAccount): Admission {
    const account = this.newest(transaction.sender, found);
    const admission = this.check(transaction, account);
    admission.removed.forEach((hash) => this.remove(hash));
    this.insert(transaction, account);
    return admission;
  }

  /** What adding would do, without any change. @throws PoolRefusal */
  check(transaction: PooledTransaction, found: SenderAccount): Admission {
    const account = this.newest(transaction.sender, found);
    if (this.byHash.has(transaction.hash)) throw new PoolRefusal('already_known', 'already known');
    this.assertWorthwhile(transaction, account);
    const queue = this.queues.get(transaction.sender) ?? { account, byNonce: new Map<bigint, PooledTransaction>() };
    const replaced = queue.byNonce.get(transaction.nonce);
    if (replaced !== undefined) assertOutbids(transaction, replaced);
    assertAffordable(transaction, replaced, queue, account);
    const removed = replaced === undefined ? this.makeRoom(transaction, queue, account) : replaced;
    return { removed: removed === undefined ? [] : [removed.hash] };
  }

  remove(hash: string): void {
    const transaction = this.byHash.get(hash);
    if (transaction === undefined) return;
    this.byHash.delete(hash);
    const queue = this.queues.get(transaction.sender)!;
    queue.byNonce.delete(transaction.nonce);
    if (queue.byNonce.size === 0) this.queues.delete(transaction.sender);
  }

  /** Removes transactions used up by a block's account changes. @returns the hashes removed. */
  settle(accounts: ReadonlyMap<string, SenderAccount>): string[] {
    const removed: string[] = [];
    for (const [sender, account] of accounts) {
      this.settled.set(sender, account);
      const queue = this.queues.get(sender);
      if (queue === undefined) continue;
      queue.account = account;
      for (const [nonce, { hash }] of queue.byNonce) if (nonce < account.nonce) removed.push(hash);
    }
    removed.forEach((hash) => this.remove(hash));
    return removed;
  }

  /** The chain has lost blocks: accounts may be back in an older state. */
  forgetSettled(): void {
    this.settled.clear();
  }

  /** Removes transactions that have waited too long. @returns their hashes. */
  expire(now: number): string[] {
    const old = [...this]
      .filter(({ receivedAt }) => now - receivedAt >= this.limits.lifetimeMs)
      .map(({ hash }) => hash);
    old.forEach((hash) => this.remove(hash));
    return old;
  }

  senders(): string[] {
    return [...this.queues.keys()];
  }

  /** The sender's next nonce, after its pending transactions without a gap. */
  nextNonce(sender: string, headNonce: bigint): bigint {
    const queue = this.queues.get(sender);
    let next = headNonce;
    while (queue?.byNonce.has(next)) next++;
    return next;
  }

  /** Whether there is no gap between the head's nonce and this transaction. */
  isReady({ sender, nonce }: PooledTransaction): boolean {
    const queue = this.queues.get(sender);
    return queue !== undefined && nonce < this.nextNonce(sender, queue.account.nonce);
  }

  /**
   * Selects transactions for the next block, best tip first and in nonce order per sender. Potentially slow ones run
   * after all others: a block has little time, and large gas limits would otherwise crowd others out. Last are those
   * limited to the remaining time.
   * @param baseFee what a transaction pays per gas before its tip. @param gas the total of gas limits to stop at.
   */
  best(baseFee: bigint, gas: bigint, patience: PatienceOf = () => 'full'): Chosen[] {
    const heads = [...this.queues.values()]
      .map(({ account, byNonce }) => byNonce.get(account.nonce))
      .filter((head) => head !== undefined);
    const short = new TipHeap(baseFee);
    const long = new TipHeap(baseFee);
    const last = new TipHeap(baseFee);
    const offer = (next: PooledTransaction | undefined): void => {
      if (next === undefined || next.maxFee < baseFee) return;
      const isLong = next.gasLimit > SHORT_GAS;
      const given = patience(next, isLong);
      if (given === 'rest') last.push(next);
      else if (given === 'full') (isLong ? long : short).push(next);
    };
    heads.forEach(offer);
    const chosen: Chosen[] = [];
    const dearest = () => short.pop() ?? long.pop();
    let left = gas;
    for (;;) {
      const timely = dearest();
      const next = timely ?? last.pop();
      if (next === undefined) return chosen;
      if (next.gasLimit > left) continue; // its sender waits; others may still fit
      left -= next.gasLimit;
      chosen.push({ ...next, patience: timely === undefined ? 'rest' : 'full' });
      offer(this.queues.get(next.sender)!.byNonce.get(next.nonce + 1n));
    }
  }

  private newest(sender: string, found: SenderAccount): SenderAccount {
    const settled = this.settled.get(sender);
    return settled !== undefined && settled.nonce > found.nonce ? settled : found;
  }

  private insert(transaction: PooledTransaction, account: SenderAccount): void {
    const queue = this.queues.get(transaction.sender) ?? { account, byNonce: new Map<bigint, PooledTransaction>() };
    queue.account = account;
    queue.byNonce.set(transaction.nonce, transaction);
    this.queues.set(transaction.sender, queue);
    this.byHash.set(transaction.hash, transaction);
  }

  private assertWorthwhile({ sender, nonce, maxFee, gasLimit }: PooledTransaction, account: SenderAccount): void {
    const { minimumFee, blockGas, perSender } = this.limits;
    if (gasLimit > blockGas)
      throw new PoolRefusal('invalid', `exceeds block gas limit: ${gasLimit}, a block has ${blockGas}`);
    if (nonce < account.nonce) {
      throw new PoolRefusal('nonce_too_low', `nonce too low: address ${sender}, tx: ${nonce} state: ${account.nonce}`);
    }
    if (nonce >= account.nonce + BigInt(perSender)) {
      throw new PoolRefusal('full', `nonce too high: at most ${perSender} transactions of an account may wait`);
    }
    if (maxFee < minimumFee)
      throw new PoolRefusal('underpriced', `transaction underpriced: max fee ${maxFee}, minimum needed ${minimumFee}`);
  }

  /**
   * @returns the transaction that the new one displaces if the pool is full: the cheapest, if it is cheaper than the
   * new one.
   */
  private makeRoom(
    transaction: PooledTransaction,
    queue: Queue,
    account: SenderAccount,
  ): PooledTransaction | undefined {
    const ready = transaction.nonce <= this.nextNonce(transaction.sender, account.nonce);
    if (queue.byNonce.size >= this.limits.perSender)
      throw new PoolRefusal('full', `the account has ${this.limits.perSender} transactions waiting`);
    if (!ready && this.gappedCount() >= this.limits.gapped)
      throw new PoolRefusal('full', 'the pool has no room for transactions behind a gap');
    if (this.size < this.limits.total) return undefined;
    if (!ready) throw new PoolRefusal('full', 'the pool is full: only a transaction that can run makes room');
    const victim = this.cheapestLast(transaction);
    if (victim !== undefined && comparePrice(victim, transaction) < 0) return victim;
    throw new PoolRefusal('underpriced', 'transaction underpriced: the pool is full of dearer ones');
  }

  /** The cheapest among each sender's last transactions: removing any other would leave a gap. */
  private cheapestLast(newcomer: PooledTransaction): PooledTransaction | undefined {
    let cheapest: PooledTransaction | undefined;
    for (const [sender, { byNonce }] of this.queues) {
      const last = byNonce.get([...byNonce.keys()].reduce((left, right) => (left > right ? left : right)))!;
      const wouldLeaveGap = sender === newcomer.sender && last.nonce < newcomer.nonce;
      if (!wouldLeaveGap && (cheapest === undefined || comparePrice(last, cheapest) < 0)) cheapest = last;
    }
    return cheapest;
  }

  private gappedCount(): number {
    let count = 0;
    for (const [sender, { account, byNonce }] of this.queues) {
      count += byNonce.size - Number(this.nextNonce(sender, account.nonce) - account.nonce);
    }
    return count;
  }
}

function assertOutbids(newcomer: PooledTransaction, { maxFee, priorityFee }: PooledTransaction): void {
  const outbids =
    newcomer.maxFee * 10n >= maxFee * 11n &&
    newcomer.priorityFee * 10n >= priorityFee * 11n &&
    newcomer.maxFee > maxFee;
  if (!outbids)
    throw new PoolRefusal('underpriced', 'replacement transaction underpriced: both fees must rise by 10 %');
}

/** A sender must be able to pay for all its pending transactions together. */
function assertAffordable(
  transaction: PooledTransaction,
  replaced: PooledTransaction | undefined,
  queue: Queue,
  account: SenderAccount,
): void {
  let waiting = 0n - (replaced?.cost ?? 0n);
  for (const { cost } of queue.byNonce.values()) waiting += cost;
  if (account.balance >= waiting + transaction.cost) return;
  const detail = `balance ${account.balance}, queued cost ${waiting}, tx cost ${transaction.cost}`;
  throw new PoolRefusal(
    'insufficient_funds',
    `insufficient funds for gas * price + value: address ${transaction.sender} ${detail}`,
  );
}
