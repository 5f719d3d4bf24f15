import { amountColumn, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A transaction of the chain together with its receipt. Addresses are lower case. */
@Entity('blockchain_transactions')
@Index('blockchain_transactions_block', ['blockNumber', 'position'], { unique: true })
export class StoredTransaction {
  @PrimaryColumn({ type: 'varchar', length: 66 }) hash: string;
  @Column({ name: 'block_number', type: 'integer' }) blockNumber: number;
  @Column({ type: 'integer' }) position: number;
  @Column({ type: 'varchar', length: 42 }) sender: string;
  @Column({ type: 'varchar', length: 42, nullable: true }) recipient: string | null;
  @Column({ type: 'integer' }) nonce: number;
  @Column({ type: 'varchar', length: 78, transformer: amountColumn }) value: bigint;
  /** The signed transaction, hex. */
  @Column({ type: 'text' }) raw: string;
  @Column({ type: 'boolean' }) succeeded: boolean;
  @Column({ name: 'gas_used', type: 'integer' }) gasUsed: number;
  @Column({ name: 'cumulative_gas_used', type: 'integer' }) cumulativeGasUsed: number;
  /** Paid per gas. */
  @Column({ name: 'gas_price', type: 'varchar', length: 78, transformer: amountColumn }) gasPrice: bigint;
  @Column({ name: 'contract_address', type: 'varchar', length: 42, nullable: true }) contractAddress: string | null;
  @Column({ type: 'text', transformer: jsonColumn }) transfers: { from: string; to: string; value: string }[];

  get fee(): bigint {
    return this.gasPrice * BigInt(this.gasUsed);
  }
}
