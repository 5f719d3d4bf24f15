import { amountColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an account held before and after a block that changed it. */
@Entity('blockchain_balance_changes')
export class StoredBalanceChange {
  @PrimaryColumn({ name: 'block_number', type: 'integer' }) blockNumber: number;
  @PrimaryColumn({ type: 'varchar', length: 42 }) address: string;
  @Column({ name: 'balance_before', type: 'varchar', length: 78, transformer: amountColumn }) before: bigint;
  @Column({ name: 'balance_after', type: 'varchar', length: 78, transformer: amountColumn }) after: bigint;
}
