import { amountColumn, instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A block of the chain. Never changed, never deleted. */
@Entity('blockchain_blocks')
export class StoredBlock {
  @PrimaryColumn({ type: 'integer' }) number: number;
  @Index('blockchain_blocks_hash', { unique: true }) @Column({ type: 'varchar', length: 66 }) hash: string;
  @Column({ name: 'parent_hash', type: 'varchar', length: 66 }) parentHash: string;
  @Column({ name: 'state_root', type: 'varchar', length: 66 }) stateRoot: string;
  @Column({ name: 'sealed_at', type: 'bigint', transformer: instant }) sealedAt: Date;
  /** RLP, hex. */
  @Column({ type: 'text' }) header: string;
  /** RLP, hex: the proposer and the seals. */
  @Column({ type: 'text' }) envelope: string;
  @Column({ name: 'gas_used', type: 'integer' }) gasUsed: number;
  @Column({ name: 'base_fee', type: 'varchar', length: 78, transformer: amountColumn }) baseFee: bigint;
  /** Bytes. */
  @Column({ type: 'integer' }) size: number;
  @Column({ name: 'transaction_count', type: 'integer' }) transactionCount: number;
}
