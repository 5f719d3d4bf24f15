import { createHash } from 'node:crypto';
import type { Notification } from './notification.entity.js';

/** Alertmanager's notation for an alert that has not ended. */
const NOT_YET = '0001-01-01T00:00:00Z';

interface AlertmanagerAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** Alertmanager's webhook format, so that its receivers work with these notifications. */
export interface AlertmanagerPayload {
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: 0;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly commonLabels: Readonly<Record<string, string>>;
  readonly commonAnnotations: Readonly<Record<string, string>>;
  readonly externalURL: string;
  readonly alerts: readonly AlertmanagerAlert[];
}

type Told = Pick<Notification, 'alertId' | 'rule' | 'channel' | 'about' | 'content'>;

/** @param externalUrl the API's URL, without a trailing slash */
export function alertmanagerPayload(told: Told, externalUrl: string): AlertmanagerPayload {
  const { alertId, rule, channel, about, content } = told;
  const labels = { alertname: rule, service: 'aitbc', severity: content.severity };
  const annotations = {
    summary: content.summary,
    ...(content.value === null ? {} : { value: String(content.value) }),
    ...(content.runbook === null ? {} : { runbook_url: content.runbook }),
  };
  const alert: AlertmanagerAlert = {
    status: about,
    labels,
    annotations,
    startsAt: content.startsAt,
    endsAt: content.endsAt ?? NOT_YET,
    generatorURL: alertId === null ? externalUrl : `${externalUrl}/v1/admin/alerts/${alertId}`,
    fingerprint: fingerprintOf(labels),
  };
  return {
    version: '4',
    groupKey: `{}:{alertname="${rule}"}`,
    truncatedAlerts: 0,
    status: about,
    receiver: channel,
    groupLabels: { alertname: rule },
    commonLabels: labels,
    commonAnnotations: annotations,
    externalURL: externalUrl,
    alerts: [alert],
  };
}

/** Equal for equal labels: receivers use it to match a resolution to its firing. */
function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}
