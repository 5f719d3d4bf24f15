import { ApiPage, type Page } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  GetOverview,
  GetTrace,
  ListModules,
  ListTraces,
  ModuleStatusView,
  OverviewView,
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
  getOverview(): Promise<OverviewView> {
    return this.queries.execute(GetOverview.of({}));
  }

  @Get('modules')
  @ApiOperation({ summary: 'Where each module runs and what waits for it' })
  @ApiOkResponse({ type: [ModuleStatusView] })
  listModules(): Promise<ModuleStatusView[]> {
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
  setCanaryShare(@Param('name') module: string, @Body() { share }: CanaryShareBody): Promise<void> {
    return this.commands.execute(SetCanaryShare.of({ module, share }));
  }

  @Get('traces')
  @ApiOperation({
    summary: 'The kept traces, newest first',
    description: 'What went wrong or took long, and a sample.',
  })
  @ApiPage(TraceSummaryView)
  listTraces(@Query() query: ListTraces): Promise<Page<TraceSummaryView>> {
    return this.queries.execute(query);
  }

  @Get('traces/:id')
  @ApiOperation({ summary: 'A trace, span by span', description: 'In the order in which a waterfall shows them.' })
  @ApiOkResponse({ type: TraceView })
  getTrace(@Param('id') traceId: string): Promise<TraceView> {
    return this.queries.execute(GetTrace.of({ traceId }));
  }
}
