import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { GetOverview, ListModules, type ModuleStatusView, OverviewView } from '../contract/index.js';
import { ModuleStatus } from './module-status.js';
import { ModuleSummaries } from './module-summaries.js';

@QueryHandler(GetOverview)
export class GetOverviewHandler implements IQueryHandler<GetOverview> {
  constructor(
    private readonly summaries: ModuleSummaries,
    private readonly status: ModuleStatus,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<OverviewView> {
    const [collected, modules] = await Promise.all([this.summaries.collect(), this.status.list()]);
    return OverviewView.of({ generatedAt: this.clock.now(), ...collected, modules });
  }
}

@QueryHandler(ListModules)
export class ListModulesHandler implements IQueryHandler<ListModules> {
  constructor(private readonly status: ModuleStatus) {}

  execute(): Promise<ModuleStatusView[]> {
    return this.status.list();
  }
}
