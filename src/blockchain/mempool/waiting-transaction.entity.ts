import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A transaction of the pool, so that the pool survives a restart and serves every replica. */
@Entity('blockchain_waiting_transactions')
export class WaitingTransaction {
  @PrimaryColumn({ type: 'varchar', length: 66 }) hash: string;
  /** As it was signed, hex. */
  @Column({ type: 'text' }) raw: string;
  @Index('blockchain_waiting_transactions_received')
  @Column({ name: 'received_at', type: 'bigint', transformer: instant })
  receivedAt: Date;
  /** The trace of whoever submitted it. */
  @Column({ type: 'varchar', length: 55, nullable: true }) traceparent: string | null;
}
