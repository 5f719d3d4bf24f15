import { isDeepStrictEqual } from 'node:util';
import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AlertKind, AlertSeverity, Comparison } from '../contract/alert-rules.js';
import type { Comparing, Condition } from './condition.js';

/** A rule's settings, without its name. */
export interface RuleDefinition extends Condition {
  readonly summary: string;
  readonly forSeconds: number;
  readonly cooldownSeconds: number;
  readonly severity: AlertSeverity;
  /** Null: all channels. */
  readonly channels: readonly string[] | null;
  readonly enabled: boolean;
  readonly runbook: string | null;
}

/** When to raise an alert, and which channels to notify. */
@Entity('monitoring_alert_rules')
export class AlertRule implements RuleDefinition {
  @PrimaryColumn({ type: 'varchar', length: 64 }) name: string;
  @Column({ type: 'varchar', length: 16 }) origin: 'shipped' | 'operator';
  /** An operator has changed a shipped rule: later releases do not update it. */
  @Column({ type: 'boolean' }) changed: boolean;
  @Column({ type: 'varchar', length: 200 }) summary: string;
  @Column({ type: 'varchar', length: 16 }) kind: AlertKind;
  @Column({ type: 'varchar', length: 100 }) series: string;
  @Column({ type: 'varchar', length: 2, nullable: true }) comparison: Comparison | null;
  @Column({ type: 'double precision', nullable: true }) value: number | null;
  @Column({ name: 'window_seconds', type: 'integer', nullable: true }) windowSeconds: number | null;
  @Column({ name: 'guards', type: 'text', transformer: jsonColumn }) while: Comparing[];
  @Column({ name: 'for_seconds', type: 'integer' }) forSeconds: number;
  @Column({ name: 'cooldown_seconds', type: 'integer' }) cooldownSeconds: number;
  @Column({ type: 'varchar', length: 16 }) severity: AlertSeverity;
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) channels: string[] | null;
  @Column({ type: 'boolean' }) enabled: boolean;
  @Column({ type: 'varchar', length: 500, nullable: true }) runbook: string | null;
  @Column({ name: 'updated_at', type: 'bigint', transformer: instant }) updatedAt: Date;

  static shipped(name: string, definition: RuleDefinition, now: Date): AlertRule {
    return Object.assign(new AlertRule(), { name, origin: 'shipped', changed: false }).say(definition, now);
  }

  static byOperator(name: string, definition: RuleDefinition, now: Date): AlertRule {
    return Object.assign(new AlertRule(), { name, origin: 'operator', changed: false }).say(definition, now);
  }

  /** Whether this release ships a different definition; an operator's definition stays. */
  isOutdatedBy(definition: RuleDefinition): boolean {
    if (this.origin !== 'shipped' || this.changed) return false;
    return !isDeepStrictEqual(this.definition, whole(definition));
  }

  /** Applies the definition of a new release. */
  ship(definition: RuleDefinition, now: Date): void {
    this.say(definition, now);
  }

  change(definition: RuleDefinition, now: Date): void {
    this.changed = this.origin === 'shipped';
    this.say(definition, now);
  }

  get definition(): RuleDefinition {
    return whole(this);
  }

  private say(definition: RuleDefinition, now: Date): this {
    return Object.assign(this, whole(definition), { updatedAt: now });
  }
}

/** The definition alone, with null for absent fields. */
function whole(definition: RuleDefinition): RuleDefinition {
  const { summary, kind, series, comparison, value, windowSeconds, while: guards } = definition;
  const { forSeconds, cooldownSeconds, severity, channels, enabled, runbook } = definition;
  const isCompared = kind !== 'absence';
  return {
    summary,
    kind,
    series,
    comparison: isCompared ? (comparison ?? null) : null,
    value: isCompared ? (value ?? null) : null,
    windowSeconds: kind === 'threshold' ? null : (windowSeconds ?? null),
    while: guards.map((guard) => ({ series: guard.series, comparison: guard.comparison, value: guard.value })),
    forSeconds,
    cooldownSeconds,
    severity,
    channels,
    enabled,
    runbook,
  };
}
