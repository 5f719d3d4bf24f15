import { AlertChannelView } from '../contract/alert-channels.js';
import { AlertGuardView, AlertRuleView } from '../contract/alert-rules.js';
import { AlertNotificationView, AlertView } from '../contract/alerts.js';
import { SilenceView } from '../contract/silences.js';
import type { AlertChannel } from './alert-channel.entity.js';
import type { Alert } from './alert.entity.js';
import type { AlertRule } from './alert-rule.entity.js';
import type { Notification } from './notification.entity.js';
import type { Silence } from './silence.entity.js';

export function toRuleView(rule: AlertRule, open: Alert | undefined): AlertRuleView {
  const { name, origin, changed, updatedAt, definition } = rule;
  const { comparison, value, windowSeconds, while: guards, channels, ...rest } = definition;
  return AlertRuleView.of({
    ...rest,
    name,
    origin,
    changed,
    updatedAt,
    state: open && open.state !== 'resolved' ? open.state : 'inactive',
    comparison: comparison ?? undefined,
    value: value ?? undefined,
    windowSeconds: windowSeconds ?? undefined,
    while: guards.map((guard) => AlertGuardView.of({ ...guard })),
    channels: channels && [...channels],
  } as AlertRuleView);
}

export function toAlertView(
  alert: Alert,
  notifications: readonly Notification[],
  silences: readonly Silence[],
  now: Date,
): AlertView {
  return AlertView.of({
    id: alert.id,
    rule: alert.rule,
    severity: alert.severity,
    summary: alert.summary,
    runbook: alert.runbook,
    state: alert.state,
    value: alert.value,
    startedAt: alert.startedAt,
    firedAt: alert.firedAt,
    resolvedAt: alert.resolvedAt,
    ending: alert.ending,
    acknowledgedAt: alert.acknowledgedAt,
    acknowledgedBy: alert.acknowledgedBy,
    comment: alert.comment,
    silenced: silences.some((silence) => silence.covers(alert, now)),
    notifications: notifications
      .filter(({ alertId }) => alertId === alert.id)
      .map((each) =>
        AlertNotificationView.of({
          channel: each.channel,
          about: each.about,
          state: each.state,
          attempts: each.attempts,
          error: each.error,
          createdAt: each.createdAt,
          endedAt: each.endedAt,
        }),
      ),
  });
}

export function toSilenceView({ id, rule, severity, startsAt, until, comment, createdBy }: Silence): SilenceView {
  return SilenceView.of({ id, rule, severity, startsAt, until, comment, createdBy });
}

export function toChannelView(channel: AlertChannel, pending: number): AlertChannelView {
  const { name, kind, target, signed, enabled, lastDeliveredAt, lastError, updatedAt } = channel;
  return AlertChannelView.of({ name, kind, target, signed, enabled, pending, lastDeliveredAt, lastError, updatedAt });
}
