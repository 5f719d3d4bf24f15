import { DomainError, Query, View } from '@aitbc/modulith';
import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';

export class SpanView extends View {
  @ApiProperty({ example: '00f067aa0ba902b7' }) spanId: string;
  @ApiProperty({ required: false, example: '53995c3f42cd8ad8' }) parentSpanId?: string;
  @ApiProperty({ example: 'command marketplace.BookOffer' }) name: string;
  @ApiProperty({ example: 'internal' }) kind: string;
  @ApiProperty() startedAt: Date;
  @ApiProperty({ example: 3.2 }) durationMs: number;
  @ApiProperty({ example: false }) failed: boolean;
  @ApiProperty({ type: 'object', additionalProperties: true }) attributes: Record<string, unknown>;
  @ApiProperty({ isArray: true, type: String, description: 'Trace ids that the span is linked to' }) links: string[];
}

export class TraceView extends View {
  @ApiProperty({ example: '4bf92f3577b34da6a3ce929d0e0e4736' }) traceId: string;
  @ApiProperty({ type: [SpanView], description: 'In the order of their start' }) spans: SpanView[];
}

/** One of the last traces. @throws TraceNotFound */
export class GetTrace extends Query<TraceView> {
  @Matches(/^[0-9a-f]{32}$/, { message: 'traceId must be 32 hex digits' })
  traceId: string;
}

export class TraceNotFound extends DomainError<{ traceId: string }> {
  static override readonly code = 'monitoring.trace_not_found';
  static override readonly kind = 'not_found';
  constructor(traceId: string) {
    super('There is no such trace, or it is no longer kept.', { traceId });
  }
}
