import { decodeCursor, DEFAULT_PAGE_LIMIT, encodeCursor, Page } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { AlertNotFound, GetAlert, ListAlerts } from '../contract/alerts.js';
import { Alert } from './alert.entity.js';
import { AlertViews } from './alert-views.js';

@QueryHandler(ListAlerts)
export class ListAlertsHandler implements IQueryHandler<ListAlerts> {
  constructor(
    @InjectRepository(Alert, 'monitoring') private readonly alerts: Repository<Alert>,
    private readonly views: AlertViews,
  ) {}

  async execute({ state, severity, rule, cursor, limit = DEFAULT_PAGE_LIMIT }: ListAlerts) {
    // Ids begin with the time.
    const before = cursor ? { id: LessThan(String(decodeCursor(cursor)[0])) } : {};
    const found = await this.alerts.find({
      where: { ...before, ...(state && { state }), ...(severity && { severity }), ...(rule && { rule }) },
      order: { id: 'DESC' },
      take: limit + 1,
    });
    const shown = found.slice(0, limit);
    const next = found.length > limit ? encodeCursor([shown.at(-1)!.id]) : null;
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
