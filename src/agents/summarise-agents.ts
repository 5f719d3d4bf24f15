import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { AgentCounts } from './agent-counts.js';
import { AgentsSummaryView, GetAgentsSummary } from './contract/summary.js';

@QueryHandler(GetAgentsSummary)
export class GetAgentsSummaryHandler implements IQueryHandler<GetAgentsSummary> {
  constructor(private readonly counts: AgentCounts) {}

  async execute() {
    return AgentsSummaryView.of({
      agents: await this.counts.all(),
      agentsOnline: await this.counts.online(),
      jobsByStatus: await this.counts.jobsByStatus(),
    });
  }
}
