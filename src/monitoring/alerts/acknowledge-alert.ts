import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AcknowledgeAlert, AlertNotFound } from '../contract/alerts.js';
import { OperatorActs } from '../operator-acts.js';
import { Alert } from './alert.entity.js';
import { AlertViews } from './alert-views.js';

@CommandHandler(AcknowledgeAlert)
export class AcknowledgeAlertHandler implements ICommandHandler<AcknowledgeAlert> {
  constructor(
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly views: AlertViews,
    private readonly clock: Clock,
    private readonly acts: OperatorActs,
  ) {}

  async execute({ alertId, comment }: AcknowledgeAlert) {
    const alert = await this.alerts.findOneBy({ id: alertId });
    if (!alert) throw new AlertNotFound(alertId);
    alert.acknowledge(requirePrincipal().subject, comment ?? null, this.clock.now());
    await this.alerts.save(alert);
    const [view] = await this.views.of([alert]);
    await this.acts.record({
      resource: `monitoring.alert ${alertId}`,
      action: 'acknowledge',
      after: { rule: alert.rule, comment: alert.comment },
    });
    return view!;
  }
}
