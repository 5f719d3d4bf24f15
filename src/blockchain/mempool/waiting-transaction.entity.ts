import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A pending transaction, stored so that the pool survives restarts and is shared by all replicas. */
@Entity('blockchain_waiting_transactions')
export class WaitingTransaction {
  @PrimaryColumn({ type: 'varchar', length: 66 }) hash: string;
  /** The signed transaction, hex. */
  @Column({ type: 'text' }) raw: string;
  @Index('blockchain_waiting_transactions_received')
  @Column({ name: 'received_at', type: 'bigint', transformer: instant })
  receivedAt: Date;
  /** The submitter's trace. */
  @Column({ type: 'varchar', length: 55, nullable: true }) traceparent: string | null;
}
