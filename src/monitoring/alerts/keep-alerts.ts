import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock, deleteBefore } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Alert } from './alert.entity.js';
import { AlertRule } from './alert-rule.entity.js';
import { Notification } from './notification.entity.js';
import { SHIPPED_RULES } from './shipped-rules.js';
import { Silence } from './silence.entity.js';

const HOUR_MS = 60 * 60 * 1_000;
const KEPT_MS = 90 * 24 * HOUR_MS;

/** Installs the shipped rules at startup and deletes old alerts. */
@Injectable()
export class KeepAlerts implements OnApplicationBootstrap {
  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    @InjectRepository(Silence, 'monitoring') private readonly silences: Repository<Silence>,
    @InjectRepository(Notification, 'monitoring') private readonly notifications: Repository<Notification>,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('keep-alerts', { everyMs: HOUR_MS }, async () => {
      await this.ship(SHIPPED_RULES);
      await this.forget();
    });
  }

  /** Rules changed by an operator stay; rules no longer shipped are deleted unless an operator has changed them. */
  async ship(shipped: typeof SHIPPED_RULES): Promise<void> {
    await this.unitOfWork.run(async () => {
      const now = this.clock.now();
      const there = new Map((await this.rules.find()).map((rule) => [rule.name, rule]));
      for (const [name, definition] of shipped) {
        const rule = there.get(name);
        if (rule && !rule.isOutdatedBy(definition)) continue;
        rule?.ship(definition, now);
        await this.rules.save(rule ?? AlertRule.shipped(name, definition, now));
      }
      const retired = [...there.values()].filter((rule) => rule.origin === 'shipped' && !shipped.has(rule.name));
      for (const rule of retired) {
        if (!rule.changed) await this.rules.delete({ name: rule.name });
        else await this.rules.update({ name: rule.name }, { origin: 'operator', changed: false });
      }
    });
  }

  /** Deletes alerts that ended more than three months ago, with their notifications. */
  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.unitOfWork.run(async () => {
      await deleteBefore(this.silences, 'until', before);
      await deleteBefore(this.notifications, 'endedAt', before);
      await deleteBefore(this.alerts, 'resolvedAt', before);
    });
  }
}
