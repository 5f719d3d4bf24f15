import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event that a contract logged. */
@Entity('blockchain_logs')
@Index('blockchain_logs_address', ['address', 'blockNumber'])
@Index('blockchain_logs_topic', ['topic0', 'blockNumber'])
export class StoredLog {
  @PrimaryColumn({ name: 'block_number', type: 'integer' }) blockNumber: number;
  /** In the block. */
  @PrimaryColumn({ type: 'integer' }) position: number;
  @Column({ name: 'transaction_hash', type: 'varchar', length: 66 }) transactionHash: string;
  @Column({ name: 'transaction_position', type: 'integer' }) transactionPosition: number;
  @Column({ type: 'varchar', length: 42 }) address: string;
  @Column({ type: 'varchar', length: 66, nullable: true }) topic0: string | null;
  @Column({ type: 'varchar', length: 66, nullable: true }) topic1: string | null;
  @Column({ type: 'varchar', length: 66, nullable: true }) topic2: string | null;
  @Column({ type: 'varchar', length: 66, nullable: true }) topic3: string | null;
  @Column({ type: 'text' }) data: string;

  get topics(): string[] {
    return [this.topic0, this.topic1, this.topic2, this.topic3].filter((topic) => topic !== null);
  }
}
