import { Readable } from 'node:stream';
import { currentMessage, type RequestOptions, runInRequest } from '@aitbc/modulith';
import { ApiPage } from '@aitbc/platform';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AuditHeadView, AuditRecordView, GetAuditHead, GetAuditLines, ListAudit } from '../contract/index.js';

const NDJSON = 'application/x-ndjson';

@Controller('v1/admin/audit')
@ApiTags('admin')
@ApiBearerAuth()
export class AuditController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ summary: 'What operators have changed', description: 'Newest first.' })
  @ApiPage(AuditRecordView)
  listAuditRecords(@Query() query: ListAudit) {
    return this.queries.execute(query);
  }

  @Get('head')
  @ApiOperation({
    summary: 'Where the audit log ends',
    description: 'Kept elsewhere, it shows later that records at the end are missing, or that all were written anew.',
  })
  @ApiOkResponse({ type: AuditHeadView })
  getAuditHead() {
    return this.queries.execute(GetAuditHead.of({}));
  }

  @Get('export')
  @ApiOperation({
    summary: 'The whole audit log',
    description:
      'A record a line, as canonical JSON, the oldest first. `npm run verify-audit -- file` finds what was changed.',
  })
  @ApiOkResponse({
    description: 'As far as it reached when it was asked for',
    content: { [NDJSON]: { schema: { type: 'string', example: '{"action":"lock",…,"sequence":1}\n' } } },
  })
  async exportAuditLog(): Promise<StreamableFile> {
    const { principal, origin } = currentMessage()!;
    const { sequence } = await this.queries.execute(GetAuditHead.of({}));
    const lines = Readable.from(this.linesUpTo(sequence, { principal, origin }), { objectMode: false });
    return new StreamableFile(lines, { type: NDJSON, disposition: 'attachment; filename="audit.ndjson"' });
  }

  /**
   * Holds one page in memory at a time; each page has its own deadline, because the whole export may outlast a
   * request's.
   */
  private async *linesUpTo(sequence: number, request: RequestOptions): AsyncGenerator<string> {
    for (let after = 0; after < sequence;) {
      const asked = GetAuditLines.of({ after });
      const { lines, last } = await runInRequest(request, () => this.queries.execute(asked));
      if (lines.length === 0) return;
      yield lines.slice(0, sequence - after).join('\n') + '\n';
      after = last;
    }
  }
}
