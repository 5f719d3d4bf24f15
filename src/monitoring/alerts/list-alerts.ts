import { Cursors, DEFAULT_PAGE_LIMIT, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { AlertNotFound, GetAlert, ListAlerts } from '../contract/alerts.js';
import { Alert } from './alert.entity.js';
import { AlertViews } from './alert-views.js';

const CURSORS = new Cursors('monitoring.alerts', 'id');

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly views: AlertViews,
  ) {}

  async execute(asked: ListAlerts) {
    const { state, severity, rule, limit = DEFAULT_PAGE_LIMIT } = asked;
    // Ids sort by time.
    const [last] = CURSORS.position(asked) ?? [];
    const before = last ? { id: LessThan(last) } : {};
    const found = await this.alerts.find({
      where: { ...before, ...(state && { state }), ...(severity && { severity }), ...(rule && { rule }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    const next = CURSORS.next(asked, found, limit, ({ id }) => [id]);
    return Page.of(await this.views.of(shown), next);
  }
}

@QueryHandler(GetAlert)
export class GetAlertHandler implements IQueryHandler<GetAlert> {
  constructor(
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly views: AlertViews,
  ) {}

  async execute({ alertId }: GetAlert) {
    const alert = await this.alerts.findOneBy({ id: alertId });
    if (!alert) throw new AlertNotFound(alertId);
    return (await this.views.of([alert]))[0]!;
  }
}
