import { Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

export class AgentsSummaryView extends View {
  @ApiProperty({ example: 3 }) agents: number;
  @ApiProperty({ example: 2 }) agentsOnline: number;
  @ApiProperty({ example: { queued: 1, completed: 12 } }) jobsByStatus: Record<string, number>;
}

/** Key figures for the operators' overview. */
export class GetAgentsSummary extends Query<AgentsSummaryView> {}
