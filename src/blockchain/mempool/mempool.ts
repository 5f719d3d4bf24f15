import { LRUCache } from 'lru-cache';
import type { PooledTransaction } from './pooled-transaction.js';
import { PoolRefusal } from './pool-refusal.js';
import { comparePrice } from './price.js';
import type { Patience } from './slow-transactions.js';
import { TipHeap } from './tip-heap.js';

/** A sender as the head knows it. */
export interface SenderAccount {
  readonly nonce: bigint;
  readonly balance: bigint;
}

export interface PoolLimits {
  readonly total: number;
  readonly perSender: number;
  /** Transactions that wait behind a gap may fill at most this much; they cost their sender nothing while they wait. */
  readonly gapped: number;
  readonly lifetimeMs: number;
  /** Least fee per gas. */
  readonly minimumFee: bigint;
  /** Gas of a block: nothing larger can ever run. */
  readonly blockGas: bigint;
}

export const DEFAULT_POOL_LIMITS = {
  total: 16_384,
  perSender: 1_024,
  gapped: 2_048,
  lifetimeMs: 3 * 3_600_000,
  minimumFee: 7n,
} as const;

/** With more gas a transaction may take long: some 50 transfers' worth. */
const SHORT_GAS = 1_000_000n;

/** Accounts of recent blocks that are remembered. */
const SETTLED = 16_384;

type PatienceOf = (transaction: PooledTransaction, isLong: boolean) => Patience;

interface Queue {
  account: SenderAccount;
  readonly byNonce: Map<bigint, PooledTransaction>;
}

/** A transaction that a block should run, and the time that it gets there. */
export interface Chosen extends PooledTransaction {
  readonly patience: Patience;
}

/** What accepting a transaction pushed out. */
export interface Admission {
  readonly removed: readonly string[];
}

/**
 * Transactions that wait for a block. A pure data structure: accounts and the time come in as arguments.
 * Within a sender nonces are unique and order is by nonce; a gap holds back what is behind it.
 */
export class Mempool {
  private readonly queues = new Map<string, Queue>();
  private readonly byHash = new Map<string, PooledTransaction>();
  /** A transaction may have been checked before the last block of its sender. */
  private readonly settled = new LRUCache<string, SenderAccount>({ max: SETTLED });

  constructor(private readonly limits: PoolLimits) {}

  get size(): number {
    return this.byHash.size;
  }

  /** How many transactions it holds at most. */
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
   * Takes a transaction in, or says why not.
   * @param found its sender at the head, or at an earlier one.
   * @throws PoolRefusal, and the pool is what it was.
   */
  add(transaction: PooledTransaction, found: SenderAccount): Admission {
    const account = this.newest(transaction.sender, found);
    const admission = this.check(transaction, account);
    admission.removed.forEach((hash) => this.remove(hash));
    this.insert(transaction, account);
    return admission;
  }

  /** What adding would do; nothing is changed. @throws PoolRefusal */
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

  /** Forgets a transaction. */
  remove(hash: string): void {
    const transaction = this.byHash.get(hash);
    if (transaction === undefined) return;
    this.byHash.delete(hash);
    const queue = this.queues.get(transaction.sender)!;
    queue.byNonce.delete(transaction.nonce);
    if (queue.byNonce.size === 0) this.queues.delete(transaction.sender);
  }

  /** A block changed accounts: what they have used up is gone. @returns the hashes removed. */
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

  /** The chain has lost blocks: accounts may be older than they were. */
  forgetSettled(): void {
    this.settled.clear();
  }

  /** Removes what has waited too long. @returns its hashes. */
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

  /** Nonce of the sender's next transaction, those that wait without a gap included. */
  nextNonce(sender: string, headNonce: bigint): bigint {
    const queue = this.queues.get(sender);
    let next = headNonce;
    while (queue?.byNonce.has(next)) next++;
    return next;
  }

  /** Whether nothing is missing between the head's nonce and this transaction. */
  isReady({ sender, nonce }: PooledTransaction): boolean {
    const queue = this.queues.get(sender);
    return queue !== undefined && nonce < this.nextNonce(sender, queue.account.nonce);
  }

  /**
   * What the next block should run, the best tip first and each sender's in the order of nonces. What may take long runs
   * after all that does not: a block has little time, and what pays for much gas would else keep out many.
   * Last come those that get only the time that is left.
   * @param baseFee what a transaction pays per gas before it tips. @param gas where to stop, by gas limits.
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

  /** @returns whom the newcomer pushes out, if the pool is full: the cheapest, when it is cheaper than the newcomer. */
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

  /** Of each sender's last transaction the cheapest: taking any other would leave a gap. */
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

/** A sender must be able to pay for everything that it has waiting at once. */
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
