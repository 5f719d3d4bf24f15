import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { OPERATORS } from '../contract/feed.js';
import { Feed } from '../feed/feed.js';
import { Series } from '../series/series.js';
import { Alert } from './alert.entity.js';
import { AlertRule } from './alert-rule.entity.js';
import { type Judgement, judge } from './condition.js';
import { DELIVER_NOTIFICATIONS } from './deliver-notifications.js';
import { Notices } from './notices.js';

/** The result of an evaluation; `off` if the rule is disabled or deleted. */
type Look = Judgement | 'off';

/**
 * Evaluates every rule after each collection, on the leading replica. An alert and its notifications change in one unit
 * of work: a killed process leaves neither half committed, and the next leader continues.
 */
@Injectable()
export class EvaluateRules implements OnModuleInit {
  private readonly logger = new Logger(EvaluateRules.name);

  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly notices: Notices,
    private readonly feed: Feed,
    private readonly series: Series,
    private readonly unitOfWork: UnitOfWork,
    private readonly periodic: Periodic,
  ) {}

  onModuleInit(): void {
    this.series.onCollected((now) => this.evaluate(now));
  }

  async evaluate(now: Date): Promise<void> {
    const rules = await this.rules.find();
    const open = new Map((await this.alerts.findBy({ openRule: Not(IsNull()) })).map((alert) => [alert.rule, alert]));
    const looks = new Map<string, Look>([...open.keys()].map((rule) => [rule, 'off']));
    for (const rule of rules.filter(({ enabled }) => enabled)) {
      looks.set(
        rule.name,
        judge(rule, (series, ms) => this.series.window(series, ms, now), now),
      );
    }
    for (const [rule, look] of looks) {
      if (!mayChange(open.get(rule), look)) continue;
      // One unit of work per rule, so that one failure does not block the rest.
      await this.unitOfWork
        .run(() => this.apply(rule, look, now))
        .catch((error: unknown) => this.logger.error(`The alert rule ${rule} could not be followed`, error));
    }
    this.periodic.wake(DELIVER_NOTIFICATIONS);
  }

  private async apply(name: string, look: Look, now: Date): Promise<void> {
    const rule = await this.rules.findOneBy({ name });
    const alert = await this.alerts.findOneBy({ openRule: name });
    if (!rule?.enabled || look === 'off') return alert ? this.withdraw(alert, now) : undefined;
    if (!alert) return this.begin(rule, look, now);
    const turn = alert.look(rule, look, now);
    if (turn === 'withdrawn') return void (await this.alerts.delete({ id: alert.id }));
    await this.save(alert, rule, now);
    if (turn === 'fired' || alert.state === 'resolved') await this.show(alert);
  }

  private async begin(rule: AlertRule, judgement: Judgement, now: Date): Promise<void> {
    if (judgement.verdict !== 'met') return;
    const alert = Alert.begin(uuidv7(), rule, judgement, now);
    await this.save(alert, rule, now);
    if (alert.state === 'firing') await this.show(alert);
  }

  /** Live streams show operators the same as the alert list, silenced alerts included. */
  private show({ id: alertId, rule, severity, summary, state, value, ending }: Alert): Promise<void> {
    const data = { alertId, rule, severity, summary, state, value, ending };
    return this.feed.append(OPERATORS, `alert.${state}`, data);
  }

  private async save(alert: Alert, rule: AlertRule, now: Date): Promise<void> {
    if (alert.isUntold) await this.notices.firing(alert, rule, now);
    await this.alerts.save(alert);
    if (alert.state === 'resolved') await this.notices.over(alert, now);
  }

  /** Its rule is disabled or deleted: a pending alert is dropped, a firing one ends. */
  private async withdraw(alert: Alert, now: Date): Promise<void> {
    if (alert.state === 'pending') return void (await this.alerts.delete({ id: alert.id }));
    alert.end('rule_changed', now);
    await this.alerts.save(alert);
    await this.notices.over(alert, now);
    await this.show(alert);
  }
}

function mayChange(alert: Alert | undefined, look: Look): boolean {
  if (look === 'off') return alert !== undefined;
  return alert ? alert.isMovedBy(look) : look.verdict === 'met';
}
