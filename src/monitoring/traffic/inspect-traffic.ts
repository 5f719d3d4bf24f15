import { ModuleReports, OutboxReports, Runtime, ValidationFailed } from '@aitbc/modulith';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import {
  InspectOutbox,
  InspectPending,
  OutboxRowView,
  OutboxShareView,
  OutboxView,
  PendingView,
} from '../contract/index.js';

const DEFAULT_ROWS = 10;

@QueryHandler(InspectOutbox)
export class InspectOutboxHandler implements IQueryHandler<InspectOutbox> {
  constructor(
    private readonly runtime: Runtime,
    private readonly outboxes: OutboxReports,
  ) {}

  async execute({ module, target, limit = DEFAULT_ROWS }: InspectOutbox): Promise<OutboxView[]> {
    const reports = await this.outboxes.of(meantModules(this.runtime, module), { target, limit });
    return reports.map(({ module: of, waiting, first, problem = null }) =>
      OutboxView.of({
        module: of,
        waiting: waiting.map((share) => OutboxShareView.of({ ...share })),
        first: first.map((row) => OutboxRowView.of({ ...row })),
        problem,
      }),
    );
  }
}

@QueryHandler(InspectPending)
export class InspectPendingHandler implements IQueryHandler<InspectPending> {
  constructor(
    private readonly runtime: Runtime,
    private readonly reports: ModuleReports,
  ) {}

  async execute({ module, limit = DEFAULT_ROWS }: InspectPending): Promise<PendingView[]> {
    const modules = meantModules(this.runtime, module);
    const found = await Promise.all(
      modules.map(async (each) => {
        const pending = await this.reports.pendingOf(each, limit);
        return (['calls', 'events'] as const).flatMap((kind) =>
          pending[kind].map((entry) => PendingView.of({ module: each, kind, ...entry })),
        );
      }),
    );
    return found.flat();
  }
}

/** @throws ValidationFailed */
function meantModules({ registry }: Runtime, module: string | undefined): string[] {
  const all = registry.contracts.map((contract) => contract.module);
  if (module === undefined) return all;
  if (all.includes(module)) return [module];
  throw new ValidationFailed([{ field: 'module', message: `module must be one of ${all.join(', ')}` }]);
}
