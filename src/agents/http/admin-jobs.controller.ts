import { ApiPage, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  AgentView,
  CancelJobAsOperator,
  GetAgent,
  GetJob,
  JobView,
  ListAgents,
  ListJobs,
  RequeueJob,
} from '../contract/index.js';

class CancelJobAsOperatorBody extends OmitType(CancelJobAsOperator, ['jobId'] as const) {}
class RequeueJobBody extends OmitType(RequeueJob, ['jobId'] as const) {}

@ApiTags('admin')
@ApiBearerAuth()
@Controller('v1/admin')
export class AdminJobsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('agents')
  @ApiOperation({ summary: 'Everybody’s agents', description: 'Newest first.' })
  @ApiPage(AgentView)
  listAllAgents(@Query() query: ListAgents) {
    return this.queries.execute(query);
  }

  @Get('agents/:id')
  @ApiOperation({ summary: 'Read an agent, whoever owns it' })
  @ApiOkResponse({ type: AgentView })
  getAnyAgent(@Param('id', ParseUuid) agentId: string) {
    return this.queries.execute(GetAgent.of({ agentId }));
  }

  @Get('jobs')
  @ApiOperation({ summary: 'Everybody’s jobs', description: 'Newest first.' })
  @ApiPage(JobView)
  listAllJobs(@Query() query: ListJobs) {
    return this.queries.execute(query);
  }

  @Get('jobs/:id')
  @ApiOperation({ summary: 'Read a job, whoever submitted it' })
  @ApiOkResponse({ type: JobView })
  getAnyJob(@Param('id', ParseUuid) jobId: string) {
    return this.queries.execute(GetJob.of({ jobId }));
  }

  @Post('jobs/:id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a job of somebody else', description: 'Its client reads the reason.' })
  @ApiOkResponse({ type: JobView })
  cancelJobAsOperator(@Param('id', ParseUuid) jobId: string, @Body() { reason }: CancelJobAsOperatorBody) {
    return this.commands.execute(CancelJobAsOperator.of({ jobId, reason }));
  }

  @Post('jobs/:id/requeue')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Take a job from its agent and put it back into the queue',
    description: 'The attempt is lost; the next begins as soon as an agent is free, even after the last of three.',
  })
  @ApiOkResponse({ type: JobView })
  requeueJob(@Param('id', ParseUuid) jobId: string, @Body() { reason }: RequeueJobBody) {
    return this.commands.execute(RequeueJob.of({ jobId, reason }));
  }
}
