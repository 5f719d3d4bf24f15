import { Command, DomainError, Query, View } from '@aitbc/modulith';
import { Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';
import { SERIES_UNITS, type SeriesUnit } from './series.js';

export class ReplicaView extends View {
  @ApiProperty({ example: 'gpu-1-4711-9f2c1a', description: 'The process' }) process: string;
  @ApiProperty({ example: '0.1.0' }) version: string;
  @ApiProperty({ example: 'blue', description: 'The deployment that it belongs to' }) color: string;
  @ApiProperty({ example: 'gpu-1' }) host: string;
  @ApiProperty() since: Date;
  @ApiProperty({ example: true, description: 'Whether it relays the events and does the recurring work' })
  leads: boolean;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'Why its figures are missing: it does not answer, or its database is away',
  })
  problem: string | null;
}

export class CallerView extends View {
  @ApiProperty({ example: 'gpu-2-4712-1b5d0e', description: 'The process that calls the module' }) process: string;
  @ApiProperty({ enum: ['closed', 'half_open', 'open', 'isolated'], description: '`open`: calls fail at once' })
  breaker: string;
  @ApiProperty({ example: 0, description: 'Calls without an answer yet' }) unanswered: number;
}

export class ModuleStatusView extends View {
  @ApiProperty({ example: 'marketplace' }) name: string;
  @ApiProperty({ example: true, description: 'Whether a running process hosts it' }) hosted: boolean;
  @ApiProperty({ type: [ReplicaView] }) replicas: ReplicaView[];
  @ApiProperty({ type: [CallerView], description: 'The processes that reach it over Redis' }) callers: CallerView[];
  @ApiProperty({ example: 0, description: 'Percentage of its commands that leave a process that hosts it, too' })
  canaryShare: number;
  @ApiProperty({ example: 0, description: 'Entries in its request streams that no replica has taken' }) waiting: number;
  @ApiProperty({ example: 0, description: 'Entries that a replica is working on' }) pending: number;
  @ApiProperty({ example: ['wallet.EscrowLocked (durable)'], isArray: true, type: String }) subscribes: string[];
  @ApiProperty({ example: 0, description: 'Events that not every subscriber has confirmed' }) outboxDepth: number;
  @ApiProperty({ example: 0 }) outboxOldestAgeSeconds: number;
  @ApiProperty({ example: 0, description: 'Events given up, and those that wait behind them' }) deadLetters: number;
  @ApiProperty({ example: 0, description: 'Events that wait for what their handlers need, and are tried again' })
  delayedEvents: number;
}

const PROBLEMS = [
  'module_absent',
  'module_silent',
  'replica_broken',
  'breaker_open',
  'dead_letters',
  'events_delayed',
  'outbox_old',
] as const;

export class OverviewProblemView extends View {
  @ApiProperty({ enum: PROBLEMS, example: 'dead_letters' }) kind: (typeof PROBLEMS)[number];
  @ApiProperty({ example: 'wallet' }) module: string;
  @ApiProperty({ example: '2 events wait for an operator.' }) message: string;
}

export class SparklineView extends View {
  @ApiProperty({ example: 'jobs_queued' }) name: string;
  @ApiProperty({ enum: SERIES_UNITS, example: 'count' }) unit: SeriesUnit;
  @ApiProperty({ type: Number, nullable: true, example: 4, description: 'The last known; null when none is' })
  value: number | null;
  @ApiProperty({
    type: 'array',
    items: { type: 'number', nullable: true },
    example: [2, null, 4],
    description: 'Means of the last 61 minutes, oldest first; null where nothing is known',
  })
  points: (number | null)[];
}

export class OverviewView extends View {
  @ApiProperty({ description: 'It is made in the background' }) generatedAt: Date;
  @ApiProperty({ example: 0.4, description: 'How old it is; asked again, a newer one is there' }) ageSeconds: number;
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
  @ApiProperty({ type: [SparklineView] }) series: SparklineView[];
  @ApiProperty({ type: [OverviewProblemView], description: 'What to look at now' }) problems: OverviewProblemView[];
}

/** The first screen of a dashboard. */
export class GetOverview extends Query<OverviewView> {}

/** Where each module runs, and its backlog. */
export class ListModules extends Query<ModuleStatusView[]> {}

/**
 * Sends a percentage of a module's commands to other replicas although the sending process hosts the module, for a
 * gradual rollout. Commands of one user or aggregate always take the same route.
 * @throws ModuleUnknown
 */
export class SetCanaryShare extends Command<void> {
  @Text({ max: 100 }) module: string;
  @ApiProperty({ example: 10, minimum: 0, maximum: 100 }) @WholeNumber({ min: 0, max: 100 }) share: number;
}

export class ModuleUnknown extends DomainError<{ module: string }> {
  static override readonly code = 'monitoring.module_unknown';
  static override readonly kind = 'not_found';
  constructor(module: string) {
    super('There is no such module.', { module });
  }
}
