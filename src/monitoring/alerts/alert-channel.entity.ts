import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelKind } from '../contract/alert-channels.js';

/** A destination for notifications. */
@Entity('monitoring_alert_channels')
export class AlertChannel {
  @PrimaryColumn({ type: 'varchar', length: 64 }) name: string;
  @Column({ type: 'varchar', length: 16 }) kind: ChannelKind;
  /** The part of the destination that is safe to show. */
  @Column({ type: 'varchar', length: 300 }) target: string;
  /** Webhooks only: URL, secret and authorization, encrypted. */
  @Column({ type: 'text', nullable: true }) access: string | null;
  @Column({ type: 'boolean' }) signed: boolean;
  /** E-mail only. */
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) recipients: string[] | null;
  @Column({ type: 'boolean' }) enabled: boolean;
  @Column({ name: 'last_delivered_at', type: 'bigint', nullable: true, transformer: instant })
  lastDeliveredAt: Date | null = null;
  @Column({ name: 'last_error', type: 'varchar', length: 300, nullable: true }) lastError: string | null = null;
  @Column({ name: 'updated_at', type: 'bigint', transformer: instant }) updatedAt: Date;
}
