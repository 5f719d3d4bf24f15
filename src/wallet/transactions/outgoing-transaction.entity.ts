import { amountColumn, instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { TransferStatus } from '../contract/transfers.js';
import { highestCost, type SignedTransaction, type UnsignedTransaction } from './sign-transaction.js';

export const OUTGOING_KINDS = [
  'transfer',
  'escrow_lock',
  'faucet',
  'escrow_settlement',
  'contract_deployment',
] as const;
export type OutgoingKind = (typeof OUTGOING_KINDS)[number];

export const OPEN_STATUSES: readonly TransferStatus[] = ['signed', 'submitted'];

/** Another transaction, signed elsewhere with the same key, took the nonce. */
export const SUPERSEDED = 'wallet.superseded';

/** Kinds that the platform owes and retries without limit. */
const NEVER_GIVEN_UP: readonly OutgoingKind[] = ['escrow_settlement', 'contract_deployment'];
const GIVE_UP_AFTER_MS = 300_000;
/**
 * After a pause this long, such as an outage, the refusal period starts again: the chain may have changed its answer.
 */
const FORGET_REFUSALS_AFTER_MS = 60_000;

/** A transaction signed here, tracked until it is final. */
@Entity('wallet_transactions')
@Index('wallet_transactions_once', ['kind', 'purpose'], { unique: true })
@Index('wallet_transactions_by_hash', ['hash'], { unique: true })
@Index('wallet_transactions_by_sender', ['sender', 'status', 'nonce'])
@Index('wallet_transactions_by_wallet', ['walletId', 'id'])
@Index('wallet_transactions_to_try', ['status', 'triedAt'])
@Index('wallet_transactions_of_faucet', ['kind', 'requestedBy', 'createdAt'])
export class OutgoingTransaction {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ type: 'varchar', length: 24 }) kind: OutgoingKind;
  /** What it is for; each purpose is served once per kind. */
  @Column({ type: 'varchar', length: 160 }) purpose: string;
  @Column({ name: 'wallet_id', type: 'varchar', length: 36, nullable: true }) walletId: string | null;
  @Column({ name: 'requested_by', type: 'varchar', length: 36, nullable: true }) requestedBy: string | null;
  @Column({ type: 'varchar', length: 42 }) sender: string;
  /** Null for contract creation. */
  @Column({ type: 'varchar', length: 42, nullable: true }) recipient: string | null;
  @Column({ type: 'varchar', length: 78, transformer: amountColumn }) amount: bigint;
  @Column({ type: 'text' }) data: string;
  @Column({ type: 'integer' }) nonce: number;
  /** Value plus maximum fee. */
  @Column({ name: 'highest_cost', type: 'varchar', length: 78, transformer: amountColumn }) highestCost: bigint;
  @Column({ type: 'varchar', length: 66 }) hash: string;
  @Column({ type: 'text' }) raw: string;
  /** A no-op with the same nonce, sent if this transaction fails for good, so that later ones are not blocked. */
  @Column({ type: 'text' }) filler: string;
  @Column({ type: 'varchar', length: 12 }) status: TransferStatus;
  @Column({ type: 'varchar', length: 64, nullable: true }) failure: string | null;
  /** The start of an uninterrupted series of refusals by the chain. */
  @Column({ name: 'refused_since', type: 'bigint', nullable: true, transformer: instant })
  refusedSince: Date | null;
  @Column({ name: 'block_number', type: 'integer', nullable: true }) blockNumber: number | null;
  @Column({ type: 'varchar', length: 55, nullable: true }) traceparent: string | null;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'tried_at', type: 'bigint', transformer: instant }) triedAt: Date;

  get isOpen(): boolean {
    return OPEN_STATUSES.includes(this.status);
  }

  sign(transaction: UnsignedTransaction, signed: SignedTransaction, filler: SignedTransaction, now: Date): void {
    this.nonce = transaction.nonce;
    this.highestCost = highestCost(transaction);
    this.raw = signed.raw;
    this.hash = signed.hash;
    this.filler = filler.raw;
    this.status = 'signed';
    this.failure = null;
    this.refusedSince = null;
    this.triedAt = now;
  }

  accepted(now: Date): void {
    if (!this.isOpen) return;
    this.status = 'submitted';
    this.failure = null;
    this.refusedSince = null;
    this.triedAt = now;
  }

  /**
   * The chain rejected it. It is given up after five minutes of refusals (money may come in), unless the platform owes
   * it.
   */
  refused(code: string, isHopeless: boolean, now: Date): void {
    if (!this.isOpen) return;
    const isInARow = this.refusedSince !== null && now.getTime() - this.triedAt.getTime() < FORGET_REFUSALS_AFTER_MS;
    if (!isInARow) this.refusedSince = now;
    this.failure = code;
    this.triedAt = now;
    if (NEVER_GIVEN_UP.includes(this.kind)) return;
    if (isHopeless || now.getTime() - this.refusedSince!.getTime() >= GIVE_UP_AFTER_MS) this.status = 'failed';
  }

  /** The chain gave no verdict. */
  putOff(now: Date): void {
    this.refusedSince = null;
    this.triedAt = now;
  }

  /** Its block is no longer in the chain. */
  reopened(): void {
    this.status = 'submitted';
    this.failure = null;
    this.blockNumber = null;
  }

  included(blockNumber: number, succeeded: boolean): void {
    this.status = succeeded ? 'confirmed' : 'reverted';
    this.failure = succeeded ? null : 'wallet.reverted';
    this.blockNumber = blockNumber;
  }

  superseded(): void {
    this.status = 'failed';
    this.failure = SUPERSEDED;
  }
}
