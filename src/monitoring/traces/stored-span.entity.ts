import { jsonColumn, type RecordedSpan } from '@aitbc/platform';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('monitoring_spans')
export class StoredSpan {
  @PrimaryColumn({ name: 'trace_id', type: 'varchar', length: 32 }) traceId: string;
  @PrimaryColumn({ name: 'span_id', type: 'varchar', length: 16 }) spanId: string;
  @Column({ type: 'text', transformer: jsonColumn }) span: RecordedSpan;
}
