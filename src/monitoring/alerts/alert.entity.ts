import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../contract/alert-rules.js';
import type { AlertEnding, AlertState } from '../contract/alerts.js';
import { AlertIsOver } from '../contract/alerts.js';
import { inactive, step, type Turn } from './alert-phase.js';
import type { AlertRule } from './alert-rule.entity.js';
import { holdMs, type Judgement } from './condition.js';

/** One period in which a rule's condition held. Keeps the rule's settings as of that time. */
@Entity('monitoring_alerts')
@Index('monitoring_alerts_by_state', ['state', 'id'])
@Index('monitoring_alerts_by_rule', ['rule', 'notifiedAt'])
export class Alert {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  @Column({ type: 'varchar', length: 64 }) rule: string;
  /** The rule's name while the alert is open: a rule has at most one open alert. */
  @Index('monitoring_alerts_open', { unique: true })
  @Column({ name: 'open_rule', type: 'varchar', length: 64, nullable: true })
  openRule: string | null;
  @Column({ type: 'varchar', length: 16 }) severity: AlertSeverity;
  @Column({ type: 'varchar', length: 200 }) summary: string;
  @Column({ type: 'varchar', length: 500, nullable: true }) runbook: string | null;
  @Column({ type: 'varchar', length: 16 }) state: AlertState;
  @Column({ type: 'double precision', nullable: true }) value: number | null;
  @Column({ name: 'held_ms', type: 'integer' }) heldMs: number;
  @Column({ name: 'unknown_ms', type: 'integer' }) unknownMs: number;
  @Column({ name: 'judged_at', type: 'bigint', transformer: instant }) judgedAt: Date;
  @Column({ name: 'started_at', type: 'bigint', transformer: instant }) startedAt: Date;
  @Column({ name: 'fired_at', type: 'bigint', nullable: true, transformer: instant }) firedAt: Date | null = null;
  @Column({ name: 'resolved_at', type: 'bigint', nullable: true, transformer: instant }) resolvedAt: Date | null = null;
  @Column({ type: 'varchar', length: 16, nullable: true }) ending: AlertEnding | null = null;
  /** When the firing notification was created. */
  @Column({ name: 'notified_at', type: 'bigint', nullable: true, transformer: instant }) notifiedAt: Date | null = null;
  @Column({ name: 'acknowledged_at', type: 'bigint', nullable: true, transformer: instant })
  acknowledgedAt: Date | null = null;
  @Column({ name: 'acknowledged_by', type: 'varchar', length: 36, nullable: true }) acknowledgedBy: string | null =
    null;
  @Column({ type: 'varchar', length: 500, nullable: true }) comment: string | null = null;

  /** Creates the alert of a rule whose condition begins to hold; without a hold time it fires at once. */
  static begin(id: string, rule: AlertRule, judgement: Judgement, now: Date): Alert {
    const { name, severity, summary, runbook } = rule;
    const alert = Object.assign(new Alert(), { id, rule: name, openRule: name, severity, summary, runbook });
    alert.startedAt = now;
    alert.become(rule, judgement, now, inactive(now));
    return alert;
  }

  /** Evaluates the condition once more. */
  look(rule: AlertRule, judgement: Judgement, now: Date): Turn | undefined {
    const { heldMs, unknownMs, judgedAt } = this;
    const phase = this.state === 'firing' ? 'firing' : 'pending';
    return this.become(rule, judgement, now, { phase, heldMs, unknownMs, judgedAt });
  }

  /** Whether an evaluation with this outcome may change the alert. */
  isMovedBy({ verdict }: Judgement): boolean {
    return this.state === 'pending' || verdict !== 'met' || this.unknownMs > 0 || this.isUntold;
  }

  /** Fires, with no notification and no acknowledgement yet. */
  get isUntold(): boolean {
    return this.state === 'firing' && this.notifiedAt === null && this.acknowledgedAt === null;
  }

  told(now: Date): void {
    this.notifiedAt = now;
  }

  end(ending: AlertEnding, now: Date): void {
    Object.assign(this, { state: 'resolved', ending, resolvedAt: now, openRule: null });
  }

  /** @throws AlertIsOver */
  acknowledge(by: string, comment: string | null, now: Date): void {
    if (this.openRule === null) throw new AlertIsOver(this.id);
    Object.assign(this, { acknowledgedAt: now, acknowledgedBy: by, comment });
  }

  private become(rule: AlertRule, { verdict, value }: Judgement, now: Date, from: Parameters<typeof step>[0]) {
    const { next, turn } = step(from, verdict, holdMs(rule), now);
    this.judgedAt = next.judgedAt;
    this.heldMs = next.heldMs;
    this.unknownMs = next.unknownMs;
    if (next.phase === 'pending') this.state = 'pending';
    if (this.state !== 'firing' || turn !== undefined) this.value = value ?? this.value ?? null;
    if (turn === 'fired') Object.assign(this, { state: 'firing', firedAt: now });
    if (turn === 'recovered' || turn === 'no_data') this.end(turn, now);
    return turn;
  }
}
