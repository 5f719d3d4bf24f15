import { countColumn, instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { AuditActorView, AuditHeadView, AuditRecordView } from '../contract/audit.js';
import type { AuditHead, AuditRecord } from './audit-record.js';

/** TypeORM's `insert` rejects types with an index signature. */
type Stored = StoredAuditRecord & Pick<AuditRecordView, 'before' | 'after'>;

/** A row of the log. The database rejects updates and deletions. */
@Entity('monitoring_audit')
@Index('monitoring_audit_by_actor', ['actor', 'sequence'])
@Index('monitoring_audit_by_resource', ['resource', 'sequence'])
@Index('monitoring_audit_by_time', ['at'])
export class StoredAuditRecord {
  @PrimaryColumn({ type: 'bigint', transformer: countColumn }) sequence: number;
  @Column({ type: 'bigint', transformer: instant }) at: Date;
  @Column({ type: 'varchar', length: 64 }) action: string;
  @Column({ type: 'varchar', length: 200 }) resource: string;
  @Column({ type: 'varchar', length: 100, nullable: true }) actor: string | null;
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) roles: string[] | null;
  @Column({ type: 'varchar', length: 100, nullable: true }) origin: string | null;
  @Column({ name: 'trace_id', type: 'varchar', length: 32, nullable: true }) traceId: string | null;
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) before: object | null;
  @Column({ type: 'text', nullable: true, transformer: jsonColumn }) after: object | null;
  @Column({ name: 'previous_hash', type: 'varchar', length: 64 }) previousHash: string;
  @Column({ type: 'varchar', length: 64 }) hash: string;

  static of({ actor, at, ...record }: AuditRecord): StoredAuditRecord {
    const who = { actor: actor?.subject ?? null, roles: actor ? [...actor.roles] : null };
    return Object.assign(new StoredAuditRecord(), { ...record, ...who, at: new Date(at) });
  }

  toRecord(): AuditRecord {
    const { actor, roles, at, ...record } = this as Stored;
    return { ...record, at: at.toISOString(), actor: actor === null ? null : { subject: actor, roles: roles ?? [] } };
  }

  toView(): AuditRecordView {
    const { actor, roles, ...record } = this as Stored;
    const who = actor === null ? null : AuditActorView.of({ subject: actor, roles: roles ?? [] });
    return AuditRecordView.of({ ...record, actor: who });
  }
}

/**
 * The end of the log, in one row that each append updates: of two concurrent appends the database commits one and makes
 * the other retry.
 */
@Entity('monitoring_audit_head')
export class StoredAuditHead implements AuditHead {
  @PrimaryColumn({ type: 'integer' }) id: number;
  @Column({ type: 'bigint', transformer: countColumn }) sequence: number;
  @Column({ type: 'varchar', length: 64 }) hash: string;

  toView(): AuditHeadView {
    return AuditHeadView.of({ sequence: this.sequence, hash: this.hash });
  }
}

export const THE_HEAD = { id: 1 };
