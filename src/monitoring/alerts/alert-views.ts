import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThan, Repository } from 'typeorm';
import type { AlertView } from '../contract/alerts.js';
import type { Alert } from './alert.entity.js';
import { Notification } from './notification.entity.js';
import { Silence } from './silence.entity.js';
import { toAlertView } from './views.js';

/** Builds alert views with the notified channels and the silence state. */
@Injectable()
export class AlertViews {
  constructor(
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    private readonly clock: Clock,
  ) {}

  async of(alerts: readonly Alert[]): Promise<AlertView[]> {
    if (alerts.length === 0) return [];
    const now = this.clock.now();
    const told = await this.notifications.find({
      where: { alertId: In(alerts.map(({ id }) => id)) },
      order: { id: 'ASC' },
    });
    const silences = await this.silences.findBy({ until: MoreThan(now) });
    return alerts.map((alert) => toAlertView(alert, told, silences, now));
  }
}
