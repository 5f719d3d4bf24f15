import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock, replaceMetric } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Counter } from 'prom-client';
import { Repository } from 'typeorm';
import { AlertChannel } from './alert-channel.entity.js';
import type { Delivery } from './delivery.js';
import { ATTEMPT_MS, Notification, readyByChannel } from './notification.entity.js';
import { Senders } from './senders.js';

export const DELIVER_NOTIFICATIONS = 'deliver-notifications';
const EVERY_MS = 2_000;
/** The backlog limit per channel; beyond it the oldest are dropped. */
export const MOST_WAITING = 200;

/**
 * Delivers due notifications. A channel delays the others by two attempts at most; failed deliveries are retried with
 * back-off and finally dropped. Delivery is at-least-once: a process killed during a delivery may cause a duplicate.
 */
@Injectable()
export class DeliverNotifications implements OnApplicationBootstrap {
  private readonly logger = new Logger(DeliverNotifications.name);
  private readonly attempts = replaceMetric(
    'aitbc_alert_notification_attempts_total',
    (name) =>
      new Counter({
        name,
        help: 'Attempts to deliver a notification of an alert, by kind of channel and outcome',
        labelNames: ['kind', 'outcome'],
      }),
  );

  constructor(
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    private readonly senders: Senders,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every(DELIVER_NOTIFICATIONS, { everyMs: EVERY_MS }, () => this.deliver());
  }

  async deliver(): Promise<void> {
    const channels = await this.channels.find();
    const most = MOST_WAITING * (channels.length + 1);
    const pending = await this.notifications.find({ where: { state: 'pending' }, order: { id: 'ASC' }, take: most });
    const ready = readyByChannel(await this.withoutSuperfluous(pending, channels), this.clock.now());
    await Promise.all(channels.map((channel) => this.deliverTo(channel, ready.get(channel.name) ?? [])));
  }

  /** Drops notifications that have no receiver any more or exceed the limit. */
  private async withoutSuperfluous(pending: readonly Notification[], channels: readonly AlertChannel[]) {
    const kept: Notification[] = [];
    const room = new Map(channels.filter(({ enabled }) => enabled).map(({ name }) => [name, MOST_WAITING]));
    for (const notification of pending.toReversed()) {
      const left = room.get(notification.channel);
      if (left === undefined) await this.giveUp(notification, 'the channel is off or gone');
      else if (left === 0) await this.giveUp(notification, 'too many notifications wait for the channel');
      else {
        room.set(notification.channel, left - 1);
        kept.unshift(notification);
      }
    }
    return kept;
  }

  private async deliverTo(channel: AlertChannel, ready: readonly Notification[]): Promise<void> {
    const began = this.clock.now().getTime();
    for (const { id } of ready) {
      // The next round starts only when all channels have finished this one, and delivers the rest.
      if (this.clock.now().getTime() - began >= ATTEMPT_MS) return;
      const notification = await this.change(id, (each, now) => each.attempt(now));
      if (!notification) continue;
      const delivery = await this.senders.send(channel, notification);
      await this.record(channel, notification, delivery);
      // A channel that fails now is not tried for each notification, and later ones must not overtake.
      if (!delivery.delivered && !delivery.isFinal) return;
    }
  }

  private async record(channel: AlertChannel, { id }: Notification, delivery: Delivery): Promise<void> {
    this.attempts.inc({ kind: channel.kind, outcome: delivery.delivered ? 'delivered' : 'failed' });
    await this.change(id, async (each, now) => {
      if (delivery.delivered) each.delivered(now);
      else each.failed(delivery.error, delivery.isFinal, now);
      const told = delivery.delivered ? { lastDeliveredAt: now, lastError: null } : { lastError: each.error };
      await this.channels.update({ name: channel.name }, told);
    });
    if (!delivery.delivered) this.logger.warn(`The alert channel ${channel.name} was not told: ${delivery.error}`);
  }

  private async giveUp({ id }: Notification, why: string): Promise<void> {
    await this.change(id, (each, now) => each.giveUp(why, now));
  }

  /** In a unit of work that only the leading replica can commit. Undefined if it was ended concurrently. */
  private change(id: string, change: (notification: Notification, now: Date) => Promise<void> | void) {
    return this.unitOfWork.run(async () => {
      const notification = await this.notifications.findOneBy({ id, state: 'pending' });
      if (!notification) return undefined;
      await change(notification, this.clock.now());
      return this.notifications.save(notification);
    });
  }
}
