import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AlertRuleIsShipped, AlertRuleNotFound, DeleteAlertRule } from '../contract/alert-rules.js';
import { OperatorActs } from '../operator-acts.js';
import { AlertRule } from './alert-rule.entity.js';

/** The next evaluation finds the open alert without its rule and ends it. */
@CommandHandler(DeleteAlertRule)
export class DeleteAlertRuleHandler implements ICommandHandler<DeleteAlertRule> {
  constructor(
    @InjectRepository(AlertRule, 'monitoring') private readonly rules: Repository<AlertRule>,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ name }: DeleteAlertRule): Promise<void> {
    const rule = await this.rules.findOneBy({ name });
    if (!rule) throw new AlertRuleNotFound(name);
    if (rule.origin === 'shipped') throw new AlertRuleIsShipped(name);
    await this.rules.delete({ name });
    await this.acts.record({
      resource: `monitoring.alert_rule ${name}`,
      action: 'delete',
      before: { ...rule.definition },
    });
  }
}
