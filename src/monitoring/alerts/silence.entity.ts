import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../contract/alert-rules.js';

/** Suppresses notifications for alerts of a rule, a severity, or both, for a time. */
@Entity('monitoring_alert_silences')
export class Silence {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ type: 'varchar', length: 64, nullable: true }) rule: string | null;
  @Column({ type: 'varchar', length: 16, nullable: true }) severity: AlertSeverity | null;
  @Column({ name: 'starts_at', type: 'bigint', transformer: instant }) startsAt: Date;
  @Index('monitoring_alert_silences_by_end')
  @Column({ name: 'ends_at', type: 'bigint', transformer: instant })
  until: Date;
  @Column({ type: 'varchar', length: 500 }) comment: string;
  @Column({ name: 'created_by', type: 'varchar', length: 36 }) createdBy: string;

  covers(alert: { readonly rule: string; readonly severity: AlertSeverity }, now: Date): boolean {
    return (
      now < this.until &&
      (this.rule === null || this.rule === alert.rule) &&
      (this.severity === null || this.severity === alert.severity)
    );
  }
}
