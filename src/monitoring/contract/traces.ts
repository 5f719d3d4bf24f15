import { DomainError, Query, View } from '@aitbc/modulith';
import { Moment, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';

export const TRACE_STATUSES = ['ok', 'error'] as const;
export type TraceStatus = (typeof TRACE_STATUSES)[number];

export const TRACE_ORIGINS = ['requests', 'all'] as const;
export type TraceOrigin = (typeof TRACE_ORIGINS)[number];

export class TraceSummaryView extends View {
  @ApiProperty({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }) traceId: string;
  @ApiProperty({ example: 'POST /v1/offers/:id/bookings', description: 'The span that it began with' }) name: string;
  @ApiProperty({ enum: TRACE_STATUSES, description: '`error`: at least one span failed' }) status: TraceStatus;
  @ApiProperty() startedAt: Date;
  @ApiProperty({ example: 12.5, description: 'Of the span that it began with, in milliseconds' }) durationMs: number;
  @ApiProperty({ example: 2100.25, description: 'From its start to the end of its last span, in milliseconds' })
  spreadMs: number;
  @ApiProperty({ example: 34 }) spanCount: number;
}

export class SpanView extends View {
  @ApiProperty({ example: '00f067aa0ba902b7' }) spanId: string;
  @ApiProperty({ required: false, example: '53995c3f42cd8ad8' }) parentSpanId?: string;
  @ApiProperty({ example: 'command marketplace.BookOffer' }) name: string;
  @ApiProperty({ example: 'internal' }) kind: string;
  @ApiProperty({ example: 'gpu-1-4711-9f2c1a', description: 'The process that it took place in' }) process: string;
  @ApiProperty() startedAt: Date;
  @ApiProperty({ example: 3.2 }) durationMs: number;
  @ApiProperty({ example: 1, description: 'How many spans are around it' }) depth: number;
  @ApiProperty({ example: 4.75, description: 'Milliseconds from the start of the trace' }) offsetMs: number;
  @ApiProperty({ example: 1.1, description: 'Milliseconds in which none of the spans inside it ran' }) selfMs: number;
  @ApiProperty({ example: false }) failed: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true, example: { 'http.response.status_code': 202 } })
  attributes: Record<string, unknown>;
  @ApiProperty({ isArray: true, type: String, description: 'Trace ids that the span is linked to' }) links: string[];
}

export class TraceView extends View {
  @ApiProperty({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }) traceId: string;
  @ApiProperty() startedAt: Date;
  @ApiProperty({ example: 2100.25, description: 'From its start to the end of its last span' }) durationMs: number;
  @ApiProperty({ type: [SpanView], description: 'As a waterfall shows them: each behind the one that caused it' })
  spans: SpanView[];
}

/** One trace: stored, or still in a process's memory. @throws TraceNotFound */
export class GetTrace extends Query<TraceView> {
  @Text({ max: 32, pattern: /^[0-9a-f]{32}$/, says: 'must be 32 hex digits' })
  traceId: string;
}

/** The stored traces, newest first. */
export class ListTraces extends PageQuery<Page<TraceSummaryView>> {
  @ApiPropertyOptional({ example: '/v1/offers/:id', description: 'Part of the name of the span that it began with' })
  @OptionalField()
  @Text({ max: 100 })
  name?: string;

  @ApiPropertyOptional({ enum: TRACE_STATUSES, example: 'error' })
  @OptionalField()
  @IsIn(TRACE_STATUSES)
  status?: TraceStatus;

  @ApiPropertyOptional({ example: 500, minimum: 0, description: 'At least so many milliseconds' })
  @OptionalField()
  @WholeNumber({ min: 0, max: 86_400_000, fromText: true })
  minDurationMs?: number;

  @ApiPropertyOptional({ example: '2026-01-31T12:00:00Z', description: 'Begun then or later' })
  @OptionalField()
  @Moment()
  from?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T12:00:00Z', description: 'Begun before' })
  @OptionalField()
  @Moment()
  to?: Date;

  @ApiPropertyOptional({
    example: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071',
    description: 'The id of a booking, job, offer, agent or request that one of its spans is about',
  })
  @OptionalField()
  @Text({ max: 128, pattern: /^[\w.:-]+$/, says: 'must be an id' })
  about?: string;

  @ApiPropertyOptional({
    enum: TRACE_ORIGINS,
    default: 'requests',
    description:
      'Only what requests began, unless a name or a subject is asked for; `all`: the background work of the system, too',
  })
  @OptionalField()
  @IsIn(TRACE_ORIGINS)
  origin?: TraceOrigin;
}

export class TraceNotFound extends DomainError<{ traceId: string }> {
  static override readonly code = 'monitoring.trace_not_found';
  static override readonly kind = 'not_found';
  constructor(traceId: string) {
    super('There is no such trace, or it is no longer kept.', { traceId });
  }
}
