import { Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';

export class ModuleStatusView extends View {
  @ApiProperty({ example: 'marketplace' }) name: string;
  @ApiProperty({ example: true, description: 'Whether a running process hosts it' }) hosted: boolean;
  @ApiProperty({ example: '0.1.0' }) version: string;
  @ApiProperty({ example: ['wallet.EscrowLocked (durable)'], isArray: true, type: String }) subscribes: string[];
  @ApiProperty({ example: 0, description: 'Events that not every subscriber has confirmed' }) outboxDepth: number;
  @ApiProperty({ example: 0 }) outboxOldestAgeSeconds: number;
  @ApiProperty({ example: 0 }) deadLetters: number;
}

export class OverviewView extends View {
  @ApiProperty() generatedAt: Date;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: true },
    example: { marketplace: { bookingsByStatus: { active: 1 } }, agents: { online: 1 } },
    description: 'What each module says of itself in a few numbers',
  })
  summaries: Record<string, unknown>;
  @ApiProperty({ example: [], isArray: true, type: String, description: 'Modules that did not answer' })
  unavailable: string[];
  @ApiProperty({ type: [ModuleStatusView] }) modules: ModuleStatusView[];
}

/** The first screen of a dashboard. */
export class GetOverview extends Query<OverviewView> {}

/** Where each module runs and what waits for it. */
export class ListModules extends Query<ModuleStatusView[]> {}
