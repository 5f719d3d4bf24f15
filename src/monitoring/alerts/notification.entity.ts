import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AlertSeverity } from '../contract/alert-rules.js';

/** Attempts before a notification is dropped: about two hours. */
export const MOST_ATTEMPTS = 15;
/** The time limit of one attempt, whatever the other side does. */
export const ATTEMPT_MS = 10_000;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 15 * 60_000;

/** The content, as of the event. */
export interface NotificationContent {
  readonly summary: string;
  readonly severity: AlertSeverity;
  readonly runbook: string | null;
  readonly value: number | null;
  /** ISO 8601. */
  readonly startsAt: string;
  readonly endsAt: string | null;
}

/** A notification for one channel. */
@Entity('monitoring_alert_notifications')
@Index('monitoring_alert_notifications_by_state', ['state', 'id'])
@Index('monitoring_alert_notifications_by_alert', ['alertId'])
@Index('monitoring_alert_notifications_by_channel', ['channel', 'state'])
export class Notification {
  @PrimaryColumn({ type: 'varchar', length: 36 }) id: string;
  /** Null for a test. */
  @Column({ name: 'alert_id', type: 'varchar', length: 36, nullable: true }) alertId: string | null;
  @Column({ type: 'varchar', length: 64 }) rule: string;
  @Column({ type: 'varchar', length: 64 }) channel: string;
  @Column({ type: 'varchar', length: 16 }) about: 'firing' | 'resolved';
  @Column({ type: 'text', transformer: jsonColumn }) content: NotificationContent;
  @Column({ type: 'varchar', length: 16 }) state: 'pending' | 'delivered' | 'failed';
  @Column({ type: 'integer' }) attempts: number;
  @Column({ name: 'next_attempt_at', type: 'bigint', nullable: true, transformer: instant }) nextAttemptAt: Date | null;
  @Column({ type: 'varchar', length: 300, nullable: true }) error: string | null = null;
  @Column({ name: 'created_at', type: 'bigint', transformer: instant }) createdAt: Date;
  @Column({ name: 'ended_at', type: 'bigint', nullable: true, transformer: instant }) endedAt: Date | null = null;

  static of(
    fields: Pick<Notification, 'id' | 'alertId' | 'rule' | 'channel' | 'about' | 'content'>,
    now: Date,
  ): Notification {
    const fresh = { state: 'pending', attempts: 0, nextAttemptAt: now, createdAt: now };
    return Object.assign(new Notification(), fields, fresh);
  }

  isDue(now: Date): boolean {
    // A clock set back by an hour must not delay a notification due in a minute.
    const waits = (this.nextAttemptAt?.getTime() ?? 0) - now.getTime();
    return this.state === 'pending' && (waits <= 0 || waits > 2 * LONGEST_DELAY_MS);
  }

  /** Starts an attempt. If the process is killed during it, another replica retries after a delay. */
  attempt(now: Date): void {
    this.attempts += 1;
    this.nextAttemptAt = new Date(now.getTime() + ATTEMPT_MS + delayAfter(this.attempts));
  }

  delivered(now: Date): void {
    Object.assign(this, { state: 'delivered', error: null, nextAttemptAt: null, endedAt: now });
  }

  /** @param isFinal a retry would fail the same way */
  failed(error: string, isFinal: boolean, now: Date): void {
    this.error = error.slice(0, 300);
    if (isFinal || this.attempts >= MOST_ATTEMPTS) this.giveUp(this.error, now);
    else this.nextAttemptAt = new Date(now.getTime() + delayAfter(this.attempts));
  }

  giveUp(why: string, now: Date): void {
    Object.assign(this, { state: 'failed', error: why.slice(0, 300), nextAttemptAt: null, endedAt: now });
  }
}

function delayAfter(attempts: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
}

/**
 * The notifications deliverable now, by channel. One rule's notifications to one channel stay in order: otherwise
 * "firing" could be the last message about an alert that has ended.
 * @param pending in order of creation
 */
export function readyByChannel(pending: readonly Notification[], now: Date): Map<string, Notification[]> {
  const waiting = new Set<string>();
  const ready = new Map<string, Notification[]>();
  for (const notification of pending) {
    const lane = `${notification.channel} ${notification.rule}`;
    if (waiting.has(lane) || !notification.isDue(now)) {
      waiting.add(lane);
      continue;
    }
    const others = ready.get(notification.channel);
    if (others) others.push(notification);
    else ready.set(notification.channel, [notification]);
  }
  return ready;
}
