import type { RecordedSpan } from '@aitbc/platform';
import { Entity, Index, PrimaryColumn } from 'typeorm';

/** Attributes that name a span's subject. */
const SUBJECTS = [
  'aitbc.resource.id',
  'modulith.event.key',
  'http.request.id',
  'agents.agent_id',
  'agents.job_id',
  'blockchain.transaction.hash',
];
const SUBJECT = /^[\w.:-]{8,128}$/;

/** A key by which a trace can be found. */
@Entity('monitoring_trace_subjects')
export class TraceSubject {
  @PrimaryColumn({ type: 'varchar', length: 128 }) subject: string;
  @Index('monitoring_trace_subjects_by_trace')
  @PrimaryColumn({ name: 'trace_id', type: 'varchar', length: 32 })
  traceId: string;

  static of({ traceId, attributes }: RecordedSpan): TraceSubject[] {
    return SUBJECTS.map((name) => attributes[name])
      .filter((value): value is string => typeof value === 'string' && SUBJECT.test(value))
      .map((subject) => Object.assign(new TraceSubject(), { subject, traceId }));
  }
}
