import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ChannelKind } from '../contract/alert-channels.js';

/** Where notifications go. */
@Entity('monitoring_alert_channels')
export class AlertChannel {
  @PrimaryColumn({ type: 'varchar', length: 64 }) name: string;
  @Column({ type: 'varchar', length: 16 }) kind: ChannelKind;
  /** What people may see of where it leads. */
  @Column({ type: 'varchar', length: 300 }) target: string;
  /** For a webhook: URL, secret and authorization, encrypted. */
  @Column({ type: 'text', nullable: true }) access: string | null;
  @Column({ type: 'boolean' }) signed: boolean;
  /** For e-mail. */
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) recipients: string[] | null;
  @Column({ type: 'boolean' }) enabled: boolean;
  @Column({ name: 'last_delivered_at', type: 'bigint', nullable: true, transformer: instant })
  lastDeliveredAt: Date | null = null;
  @Column({ name: 'last_error', type: 'varchar', length: 300, nullable: true }) lastError: string | null = null;
  @Column({ name: 'updated_at', type: 'bigint', transformer: instant }) updatedAt: Date;
}
