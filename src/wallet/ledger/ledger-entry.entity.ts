import { amountColumn, instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { LedgerKind } from '../contract/ledger.js';

/** One line of an account's ledger. Immutable. */
@Entity('wallet_ledger_entries')
@Index('wallet_ledger_entries_by_time', ['address', 'at', 'sequence'])
export class LedgerEntry {
  @PrimaryColumn({ type: 'varchar', length: 42 }) address: string;
  /** Counts from 1 without gaps. */
  @PrimaryColumn({ type: 'integer' }) sequence: number;
  @Column({ type: 'varchar', length: 12 }) kind: LedgerKind;
  @Column({ name: 'is_outflow', type: 'boolean' }) isOutflow: boolean;
  @Column({ type: 'varchar', length: 78, transformer: amountColumn }) magnitude: bigint;
  @Column({ type: 'varchar', length: 78, transformer: amountColumn }) balance: bigint;
  @Column({ type: 'varchar', length: 42, nullable: true }) counterparty: string | null;
  @Column({ name: 'transaction_hash', type: 'varchar', length: 66, nullable: true }) transactionHash: string | null;
  @Column({ name: 'block_number', type: 'integer' }) blockNumber: number;
  @Column({ type: 'bigint', transformer: instant }) at: Date;

  get amount(): bigint {
    return this.isOutflow ? -this.magnitude : this.magnitude;
  }
}
