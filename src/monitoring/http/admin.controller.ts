import { ApiPage, ApiProblems, type Page, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  DeadLetterView,
  DiscardDeadLetter,
  GetOverview,
  GetTrace,
  ListDeadLetters,
  ListModules,
  ListTraces,
  ModuleStatusView,
  OverviewView,
  ReplayDeadLetter,
  ReplayedView,
  SetCanaryShare,
  TraceSummaryView,
  TraceView,
} from '../contract/index.js';

export class CanaryShareBody extends OmitType(SetCanaryShare, ['module'] as const) {}

@Controller('v1/admin')
@ApiTags('admin')
@ApiBearerAuth()
export class AdminController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('overview')
  @ApiOperation({ summary: 'The system at a glance' })
  @ApiOkResponse({ type: OverviewView })
  overview(): Promise<OverviewView> {
    return this.queries.execute(GetOverview.of({}));
  }

  @Get('modules')
  @ApiOperation({ summary: 'Where each module runs and what waits for it' })
  @ApiOkResponse({ type: [ModuleStatusView] })
  modules(): Promise<ModuleStatusView[]> {
    return this.queries.execute(ListModules.of({}));
  }

  @Put('modules/:name/canary')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Send a percentage of a module’s commands to other replicas',
    description:
      'For processes that host the module themselves. The same user or aggregate always goes the same way; 0 sends all to the replica at hand.',
  })
  @ApiNoContentResponse()
  @ApiProblems(400, 404, 422, 503)
  setCanary(@Param('name') module: string, @Body() { share }: CanaryShareBody): Promise<void> {
    return this.commands.execute(SetCanaryShare.of({ module, share }));
  }

  @Get('traces')
  @ApiOperation({
    summary: 'The kept traces, newest first',
    description: 'What went wrong or took long, and a sample.',
  })
  @ApiPage(TraceSummaryView)
  @ApiProblems(400)
  traces(@Query() query: ListTraces): Promise<Page<TraceSummaryView>> {
    return this.queries.execute(query);
  }

  @Get('traces/:id')
  @ApiOperation({ summary: 'A trace, span by span', description: 'In the order in which a waterfall shows them.' })
  @ApiOkResponse({ type: TraceView })
  @ApiProblems(400, 404)
  trace(@Param('id') traceId: string): Promise<TraceView> {
    return this.queries.execute(GetTrace.of({ traceId }));
  }

  @Get('dead-letters')
  @ApiOperation({ summary: 'Events that a handler could not apply, and those that wait behind them' })
  @ApiOkResponse({ type: [DeadLetterView] })
  @ApiProblems(400)
  deadLetters(@Query() query: ListDeadLetters): Promise<DeadLetterView[]> {
    return this.queries.execute(query);
  }

  @Post('dead-letters/:id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Apply a dead letter again, and those behind it' })
  @ApiOkResponse({ type: ReplayedView })
  @ApiProblems(404)
  replay(@Param('id', ParseUuid) id: string): Promise<ReplayedView> {
    return this.commands.execute(ReplayDeadLetter.of({ id }));
  }

  @Delete('dead-letters/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give a dead letter up for good' })
  @ApiNoContentResponse()
  @ApiProblems(404)
  discard(@Param('id', ParseUuid) id: string): Promise<void> {
    return this.commands.execute(DiscardDeadLetter.of({ id }));
  }
}
