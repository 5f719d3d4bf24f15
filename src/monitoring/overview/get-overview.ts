import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetOverview, ListModules, type ModuleStatusView, type OverviewView } from '../contract/index.js';
import { ModuleStatus } from './module-status.js';
import { OverviewSnapshot } from './overview-snapshot.js';

@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(private readonly snapshot: OverviewSnapshot) {}

  execute(): Promise<OverviewView> {
    return this.snapshot.get();
  }
}

@QueryHandler(ListModules)
export class ListModulesHandler implements IQueryHandler<ListModules> {
  constructor(private readonly status: ModuleStatus) {}

  execute(): Promise<ModuleStatusView[]> {
    return this.status.list();
  }
}
