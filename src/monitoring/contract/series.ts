import { DomainError, Query, View } from '@aitbc/modulith';
import { Moment, OptionalField, Text } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export const RESOLUTION_NAMES = ['10s', '1m', '15m', '6h'] as const;
export type ResolutionName = (typeof RESOLUTION_NAMES)[number];

export const SERIES_UNITS = ['per_second', 'per_minute', 'ratio', 'seconds', 'count', 'ait'] as const;
export type SeriesUnit = (typeof SERIES_UNITS)[number];

export class SeriesInfoView extends View {
  @ApiProperty({ example: 'jobs_queued' }) name: string;
  @ApiProperty({ example: 'Jobs that wait for an agent' }) help: string;
  @ApiProperty({ enum: SERIES_UNITS, example: 'count' }) unit: SeriesUnit;
  @ApiProperty({
    example: 'max(aitbc_jobs{status=~"queued"})',
    description: 'What to ask a Prometheus that scrapes every process for the same',
  })
  promql: string;
}

/** The available series. */
export class ListSeries extends Query<SeriesInfoView[]> {}

export class SeriesPointView extends View {
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z', description: 'When the time begins that it stands for' })
  at: Date;
  @ApiProperty({ example: 2 }) min: number;
  @ApiProperty({ example: 7 }) max: number;
  @ApiProperty({ example: 4.5, description: 'Mean; of ratios over all requests, of a quantile over its observations' })
  avg: number;
}

export class SeriesView extends View {
  @ApiProperty({ example: 'jobs_queued' }) name: string;
  @ApiProperty({ enum: SERIES_UNITS, example: 'count' }) unit: SeriesUnit;
  @ApiProperty({ enum: RESOLUTION_NAMES, example: '1m' }) resolution: ResolutionName;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) from: Date;
  @ApiProperty({ example: '2026-01-01T01:00:00.000Z' }) to: Date;
  @ApiProperty({ type: [SeriesPointView], description: 'Oldest first; where nothing is known there is no point' })
  points: SeriesPointView[];
}

/**
 * A series over a period; bounded by the points kept per resolution, fewer than 3,000.
 * @throws SeriesUnknown; ValidationFailed if the period is empty
 */
export class GetSeries extends Query<SeriesView> {
  @Text({ max: 64 }) name: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00Z', description: 'An hour before `to` unless given' })
  @OptionalField()
  @Moment()
  from?: Date;

  @ApiPropertyOptional({ example: '2026-01-01T01:00:00Z', description: 'Now unless given' })
  @OptionalField()
  @Moment()
  to?: Date;

  @ApiPropertyOptional({
    enum: RESOLUTION_NAMES,
    example: '1m',
    description:
      'Kept for two hours, two days, 30 days, 400 days. The finest that is kept for so long, with at most 1,500 points, unless given',
  })
  @OptionalField()
  @IsIn(RESOLUTION_NAMES)
  resolution?: ResolutionName;
}

export class SeriesUnknown extends DomainError<{ name: string }> {
  static override readonly code = 'monitoring.series_unknown';
  static override readonly kind = 'not_found';
  constructor(name: string) {
    super('There is no such series.', { name });
  }
}
