import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { SetAlertRule, TooManyAlertRules, UnknownChannel, UnknownSeries } from '../contract/alert-rules.js';
import { OperatorActs } from '../operator-acts.js';
import { Series } from '../series/series.js';
import { Alert } from './alert.entity.js';
import { AlertChannel } from './alert-channel.entity.js';
import { AlertRule } from './alert-rule.entity.js';
import { toRuleView } from './views.js';

const MOST_RULES = 200;

@CommandHandler(SetAlertRule)
export class SetAlertRuleHandler implements ICommandHandler<SetAlertRule> {
  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    @InjectRepository(AlertChannel, 'monitoring') private readonly channels: Repository<AlertChannel>,
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly series: Series,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ name, ...said }: SetAlertRule) {
    const definition = {
      ...said,
      while: said.while ?? [],
      channels: said.channels ?? null,
      runbook: said.runbook ?? null,
    };
    this.mustKnow('series', definition.series);
    for (const [at, guard] of definition.while.entries()) this.mustKnow(`while.${at}.series`, guard.series);
    await this.mustHave(definition.channels ?? []);
    const now = this.clock.now();
    const rule = (await this.rules.findOneBy({ name })) ?? undefined;
    const before = rule?.definition;
    if (!rule) await this.mustHaveRoom();
    rule?.change(definition, now);
    const saved = await this.rules.save(rule ?? AlertRule.byOperator(name, definition, now));
    const open = (await this.alerts.findOneBy({ openRule: name })) ?? undefined;
    await this.acts.record({
      resource: `monitoring.alert_rule ${name}`,
      action: before ? 'change' : 'create',
      before: before && { ...before },
      after: { ...saved.definition },
    });
    return toRuleView(saved, open);
  }

  private mustKnow(field: string, series: string): void {
    if (!this.series.definitionOf(series)) throw new UnknownSeries(field, series);
  }

  private async mustHave(names: readonly string[]): Promise<void> {
    const there = new Set((await this.channels.find()).map(({ name }) => name));
    for (const [at, name] of names.entries()) if (!there.has(name)) throw new UnknownChannel(`channels.${at}`, name);
  }

  private async mustHaveRoom(): Promise<void> {
    if ((await this.rules.count()) >= MOST_RULES) throw new TooManyAlertRules(MOST_RULES);
  }
}
