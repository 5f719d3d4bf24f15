import { Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

const OBJECTIVES = ['availability', 'latency'] as const;
const none = { type: Number, nullable: true } as const;

export class ServiceLevelView extends View {
  @ApiProperty({ example: 'write', description: 'Which requests: read, write, rpc, agents, admin' }) group: string;
  @ApiProperty({ enum: OBJECTIVES, example: 'latency' }) kind: (typeof OBJECTIVES)[number];
  @ApiProperty({ example: 0.99, description: 'Share of requests that are to be good' }) objective: number;
  @ApiProperty({ ...none, example: 1, description: 'For latency: answered within so many seconds is good' })
  withinSeconds: number | null;
  @ApiProperty({ example: 28 }) days: number;
  @ApiProperty({ example: 120_000, description: 'Requests in these days' }) requests: number;
  @ApiProperty({ ...none, example: 0.995, description: 'Share of them that was good; null without requests' })
  attained: number | null;
  @ApiProperty({ example: 0.5, description: 'Of the bad requests that the objective allows; below zero: overspent' })
  budgetLeft: number;
  @ApiProperty({ ...none, example: 0.4, description: 'At 1 the budget lasts for exactly 28 days; over the last hour' })
  burnRate1h: number | null;
  @ApiProperty({ ...none, example: 0.6, description: 'Over the last six hours' })
  burnRate6h: number | null;
}

/** The status of the service level objectives. */
export class GetServiceLevels extends Query<ServiceLevelView[]> {}
