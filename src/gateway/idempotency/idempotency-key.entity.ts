import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** How long a key stands for its first request. */
export const IDEMPOTENCY_KEY_HOURS = 24;
const HOUR_MS = 3_600_000;

/** The first body sent with a caller's Idempotency-Key for one operation. */
@Entity('gateway_idempotency_keys')
export class IdempotencyKey {
  @PrimaryColumn({ type: 'varchar', length: 100 })
  caller: string;

  @PrimaryColumn({ type: 'varchar', length: 500 })
  operation: string;

  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  /** Seeds the ids of the request's messages. Null for keys claimed by a release that created no id. */
  @Column({ name: 'claim_id', type: 'varchar', length: 36, nullable: true })
  claimId: string | null;

  /** How many requests came with it. */
  @Column({ type: 'integer', default: 1 })
  attempts: number;

  /** Keyed with a server secret: the body may contain a password. */
  @Column({ name: 'body_mac', type: 'varchar', length: 64 })
  bodyMac: string;

  @Index('gateway_idempotency_keys_created_at')
  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  /** Whether it has expired: the same key then stands for another request. */
  isOver(now: Date): boolean {
    return now.getTime() >= this.createdAt.getTime() + IDEMPOTENCY_KEY_HOURS * HOUR_MS;
  }

  get seed(): string {
    return this.claimId ?? JSON.stringify([this.caller, this.operation, this.key]);
  }
}
