import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Not, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AlertChannel } from './alert-channel.entity.js';
import { Alert } from './alert.entity.js';
import type { AlertRule } from './alert-rule.entity.js';
import { Notification, type NotificationContent } from './notification.entity.js';
import { Silence } from './silence.entity.js';

/** Selects the channels to notify of an alert and stores the notifications with the alert's change. */
@Injectable()
export class Notices {
  constructor(
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
  ) {}

  /** Notifies of a firing alert, unless it is silenced or its rule is in cooldown: a later evaluation does then. */
  async firing(alert: Alert, rule: AlertRule, now: Date): Promise<void> {
    if ((await this.isSilenced(alert, now)) || (await this.isCoolingDown(rule, now))) return;
    const channels = await this.channelsOf(rule);
    if (channels.length === 0) return;
    alert.told(now);
    await this.tell(alert, channels, 'firing', now);
  }

  /** Channels notified of the firing are notified of the end, silenced or not. */
  async over(alert: Alert, now: Date): Promise<void> {
    const told = await this.notifications.findBy({ alertId: alert.id, about: 'firing' });
    const channels = await this.channels.findBy({ enabled: true });
    const names = channels.map(({ name }) => name).filter((name) => told.some(({ channel }) => channel === name));
    await this.tell(alert, names, 'resolved', now);
  }

  private async isSilenced(alert: Alert, now: Date): Promise<boolean> {
    const silences = await this.silences.findBy({ until: MoreThan(now) });
    return silences.some((silence) => silence.covers(alert, now));
  }

  private async isCoolingDown({ name, cooldownSeconds }: AlertRule, now: Date): Promise<boolean> {
    const last = await this.alerts.findOne({
      where: { rule: name, notifiedAt: Not(IsNull()) },
      order: { notifiedAt: 'DESC' },
    });
    if (!last) return false;
    const passed = now.getTime() - last.notifiedAt!.getTime();
    // A notification in the future was created before the clock was set back: it starts no cooldown.
    return passed >= 0 && passed < cooldownSeconds * 1_000;
  }

  private async channelsOf({ channels }: AlertRule): Promise<string[]> {
    const enabled = (await this.channels.findBy({ enabled: true })).map(({ name }) => name);
    return channels === null ? enabled : enabled.filter((name) => channels.includes(name));
  }

  private async tell(alert: Alert, channels: readonly string[], about: 'firing' | 'resolved', now: Date) {
    const { id: alertId, rule } = alert;
    const content = contentOf(alert);
    await this.notifications.insert(
      channels.map((channel) => Notification.of({ id: uuidv7(), alertId, rule, channel, about, content }, now)),
    );
  }
}

function contentOf({ summary, severity, runbook, value, startedAt, resolvedAt }: Alert): NotificationContent {
  const endsAt = resolvedAt?.toISOString() ?? null;
  return { summary, severity, runbook, value, startsAt: startedAt.toISOString(), endsAt };
}
