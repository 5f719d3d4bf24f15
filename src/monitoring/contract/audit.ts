import { Query, View } from '@aitbc/modulith';
import { MAX_INTEGER, Moment, OptionalField, type Page, PageQuery, Text, WholeNumber } from '@aitbc/platform';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
const STATE = { type: 'object', nullable: true, additionalProperties: true } as const;

export class AuditActorView extends View {
  @ApiProperty({ example: '01914b7a-2f60-7000-8000-000000000000', description: 'User id' }) subject: string;
  @ApiProperty({ example: ['user', 'admin'], type: [String], description: 'As they were then' }) roles: string[];
}

/** One change, and the hash that chains it to all previous ones. */
export class AuditRecordView extends View {
  @ApiProperty({ example: 42, description: 'Without gaps, from 1' }) sequence: number;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z', description: 'When it was done' }) at: Date;
  @ApiProperty({ example: 'lock' }) action: string;
  @ApiProperty({ example: 'gateway.user 01914b7a-2f60-7000-8000-000000000001', description: 'What was changed' })
  resource: string;
  @ApiProperty({ type: AuditActorView, nullable: true, description: 'Null when the system did it by itself' })
  actor: AuditActorView | null;
  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7', description: 'The address that it came from' })
  origin: string | null;
  @ApiProperty({ type: String, nullable: true, example: '4bf92f3577b34da6a3ce929d0e0e4736' }) traceId: string | null;
  @ApiProperty({ ...STATE, example: { locked: false }, description: 'Null where it did not exist' })
  before: Record<string, unknown> | null;
  @ApiProperty({ ...STATE, example: { locked: true }, description: 'Null where it exists no more' })
  after: Record<string, unknown> | null;
  @ApiProperty({ example: HASH, description: 'Of the record before; zeros for the first' }) previousHash: string;
  @ApiProperty({ example: HASH, description: 'SHA-256 of the canonical JSON (RFC 8785) of all other fields' })
  hash: string;
}

/** The audit log, newest first. */
export class ListAudit extends PageQuery<Page<AuditRecordView>> {
  @ApiPropertyOptional({ example: '01914b7a-2f60-7000-8000-000000000000', description: 'Who did it: a user id' })
  @OptionalField()
  @Text({ max: 100 })
  actor?: string;

  @ApiPropertyOptional({ example: 'gateway.user ', description: 'How the name of what was changed begins' })
  @OptionalField()
  @Text({ max: 200 })
  resource?: string;

  @ApiPropertyOptional({ example: 'lock' }) @OptionalField() @Text({ max: 64 }) action?: string;

  @ApiPropertyOptional({ example: '2026-01-01T00:00:00.000Z', description: 'Not before' })
  @OptionalField()
  @Moment()
  from?: Date;

  @ApiPropertyOptional({ example: '2026-02-01T00:00:00.000Z', description: 'Before' })
  @OptionalField()
  @Moment()
  to?: Date;
}

export class AuditHeadView extends View {
  @ApiProperty({ example: 42, description: 'How many records there are' }) sequence: number;
  @ApiProperty({ example: HASH, description: 'Of the last record; zeros when there is none' }) hash: string;
}

/** The end of the audit log: a copy kept elsewhere later reveals truncation or a full rewrite. */
export class GetAuditHead extends Query<AuditHeadView> {}

export class AuditLinesView extends View {
  /** Records as canonical JSON, in log order. */
  lines: string[];
  /** The sequence of the last line. */
  last: number;
}

/** A page of the audit log in export form. Only the export route uses it. */
export class GetAuditLines extends Query<AuditLinesView> {
  /** Returns records after this sequence. */
  @WholeNumber({ min: 0, max: MAX_INTEGER }) after: number;
}
