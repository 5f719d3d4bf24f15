import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { AlertRuleNotFound, GetAlertRule, ListAlertRules } from '../contract/alert-rules.js';
import { Alert } from './alert.entity.js';
import { AlertRule } from './alert-rule.entity.js';
import { toRuleView } from './views.js';

@QueryHandler(ListAlertRules)
export class ListAlertRulesHandler implements IQueryHandler<ListAlertRules> {
  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
  ) {}

  async execute() {
    const rules = await this.rules.find({ order: { name: 'ASC' } });
    const open = await this.alerts.findBy({ openRule: Not(IsNull()) });
    return rules.map((rule) =>
      toRuleView(
        rule,
        open.find((alert) => alert.rule === rule.name),
      ),
    );
  }
}

@QueryHandler(GetAlertRule)
export class GetAlertRuleHandler implements IQueryHandler<GetAlertRule> {
  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
  ) {}

  async execute({ name }: GetAlertRule) {
    const rule = await this.rules.findOneBy({ name });
    if (!rule) throw new AlertRuleNotFound(name);
    return toRuleView(rule, (await this.alerts.findOneBy({ openRule: name })) ?? undefined);
  }
}
