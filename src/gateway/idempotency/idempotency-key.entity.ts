import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How long a key is remembered, and with it what the kernel recorded under the message ids it seeds. */
export const IDEMPOTENCY_KEY_HOURS = 24;

/** The first body that came with a caller's Idempotency-Key for one operation. */
@Entity('gateway_idempotency_keys')
export class IdempotencyKey {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  caller: string;

  @PrimaryColumn({ type: 'varchar', length: 500 })
  operation: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  /** Keyed with a secret of the server: the body may hold a password. */
  @Column({ name: 'body_mac', type: 'varchar', length: 64 })
  bodyMac: string;

  @Index('gateway_idempotency_keys_created_at')
  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;
}
