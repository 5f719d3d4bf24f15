import { setTimeout as sleep } from 'node:timers/promises';
import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  CancelJob,
  GetJob,
  GetJobResult,
  GetReceipt,
  JobResultView,
  JobView,
  ListJobs,
  ReceiptNotReady,
  SignedReceiptView,
  SubmitJob,
} from '../contract/index.js';

const COUNTERSIGNED_WITHIN_MS = 5_000;

@ApiTags('jobs')
@ApiBearerAuth()
@Controller('v1/jobs')
export class JobsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Submit a job', description: 'For a funded booking of yours. The module: at most 1 MiB.' })
  @CreatedAt('/v1/jobs/{id}')
  @ApiCreatedResponse({ type: JobView })
  submitJob(@Body() body: SubmitJob) {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({
    summary: 'List your jobs',
    description: 'Those that you submitted and those on your GPUs, newest first.',
  })
  @ApiPage(JobView)
  listJobs(@Query() query: ListJobs) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({
    summary: 'Read a job',
    description: 'Its client and its provider see it; the result is the client’s.',
  })
  @ApiOkResponse({ type: JobView })
  getJob(@Param('id', ParseUuid) jobId: string) {
    return this.queries.execute(GetJob.of({ jobId }));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a job', description: 'What its agent still brings is refused.' })
  @ApiOkResponse({ type: JobView })
  cancelJob(@Param('id', ParseUuid) jobId: string) {
    return this.commands.execute(CancelJob.of({ jobId }));
  }

  @Get(':id/result')
  @ApiOperation({ summary: 'Get the result', description: '409 before the end, 410 when the job ended without one.' })
  @ApiOkResponse({ type: JobResultView })
  getJobResult(@Param('id', ParseUuid) jobId: string) {
    return this.queries.execute(GetJobResult.of({ jobId }));
  }

  @Get(':id/receipt')
  @ApiOperation({
    summary: 'Get the receipt',
    description: 'Signed by agent and platform. Saved to a file, `npm run verify-receipt -- file` checks it offline.',
  })
  @ApiOkResponse({ type: SignedReceiptView })
  async getReceipt(@Param('id', ParseUuid) jobId: string): Promise<SignedReceiptView> {
    // The platform's signature follows the result within moments: an early request waits for it here.
    for (const until = Date.now() + COUNTERSIGNED_WITHIN_MS; ; await sleep(50)) {
      try {
        return await this.queries.execute(GetReceipt.of({ jobId }));
      } catch (error) {
        if (!(error instanceof ReceiptNotReady) || Date.now() >= until) throw error;
      }
    }
  }
}
