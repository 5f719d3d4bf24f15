import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import { type AuditHeadView, AuditLinesView, GetAuditHead, GetAuditLines } from '../contract/audit.js';
import { lineOf } from './audit-record.js';
import { StoredAuditHead, StoredAuditRecord, THE_HEAD } from './audit-record.entity.js';

const LINES = 100;
/**
 * The size limit for the lines of one answer; it always holds at least one line, as no line comes close to the limit.
 */
const CHARACTERS = 512 * 1024;

@QueryHandler(GetAuditHead)
export class GetAuditHeadHandler implements IQueryHandler<GetAuditHead> {
  constructor(@InjectRepository(StoredAuditHead, 'monitoring') private readonly heads: Repository<StoredAuditHead>) {}

  async execute(): Promise<AuditHeadView> {
    return (await this.heads.findOneByOrFail(THE_HEAD)).toView();
  }
}

@QueryHandler(GetAuditLines)
export class GetAuditLinesHandler implements IQueryHandler<GetAuditLines> {
  constructor(
    @InjectRepository(StoredAuditRecord, 'monitoring') private readonly records: Repository<StoredAuditRecord>,
  ) {}

  async execute({ after }: GetAuditLines): Promise<AuditLinesView> {
    const sequence = MoreThan(after);
    const found = await this.records.find({ where: { sequence }, order: { sequence: 'ASC' }, take: LINES });
    const lines: string[] = [];
    let characters = 0;
    for (const record of found) {
      const line = lineOf(record.toRecord());
      characters += line.length;
      if (lines.length > 0 && characters > CHARACTERS) break;
      lines.push(line);
    }
    return AuditLinesView.of({ lines, last: found[lines.length - 1]?.sequence ?? after });
  }
}
