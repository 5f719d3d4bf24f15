import { currentMessage, currentTraceparent, parseTraceparent } from '@aitbc/modulith';
import { type Audited, Clock } from '@aitbc/platform';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { AgentsAudited } from '../../agents/contract/index.js';
import { GatewayAudited } from '../../gateway/contract/index.js';
import { MarketplaceAudited } from '../../marketplace/contract/index.js';
import { MonitoringAudited } from '../contract/audited.js';
import { StoredAuditHead, StoredAuditRecord, THE_HEAD } from './audit-record.entity.js';
import { recordAfter } from './record-after.js';

/** Appends every audited change to the log. The inbox deduplicates, so that each is recorded exactly once. */
@EventsHandler(MonitoringAudited, GatewayAudited, MarketplaceAudited, AgentsAudited)
export class RecordAudit implements IEventHandler<Audited> {
  constructor(
    @InjectRepository(StoredAuditHead, 'monitoring') private readonly heads: Repository<StoredAuditHead>,
    @InjectRepository(StoredAuditRecord, 'monitoring') private readonly records: Repository<StoredAuditRecord>,
    private readonly clock: Clock,
  ) {}

  async handle(change: Audited): Promise<void> {
    const { principal, origin, publishedAt } = currentMessage()!;
    const head = await this.heads.findOneByOrFail(THE_HEAD);
    const record = recordAfter(head, change, {
      principal,
      origin,
      at: publishedAt ?? this.clock.now(),
      traceId: parseTraceparent(currentTraceparent())?.traceId,
    });
    await this.heads.update(THE_HEAD, { sequence: record.sequence, hash: record.hash });
    await this.records.insert(StoredAuditRecord.of(record));
  }
}
