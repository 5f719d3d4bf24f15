import { ApiPage, type Page, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  DeadLetterView,
  DiscardDeadLetter,
  GetDeadLetter,
  ListDeadLetters,
  ReplayDeadLetter,
  ReplayDeadLetters,
  ReplayedView,
  ReplayReportView,
} from '../contract/index.js';

@Controller('v1/admin/dead-letters')
@ApiTags('admin')
@ApiBearerAuth()
export class DeadLettersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Events that a handler could not apply, and those that wait behind them' })
  @ApiPage(DeadLetterView)
  listDeadLetters(@Query() query: ListDeadLetters): Promise<Page<DeadLetterView>> {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'A dead letter' })
  @ApiOkResponse({ type: DeadLetterView })
  getDeadLetter(@Param('id', ParseUuid) id: string): Promise<DeadLetterView> {
    return this.queries.execute(GetDeadLetter.of({ id }));
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Apply many dead letters again',
    description:
      'The failed ones that fit, the oldest first, each with those behind it; all of them when nothing is said. The answer tells of each. There is no such thing for discarding.',
  })
  @ApiOkResponse({ type: ReplayReportView })
  replayDeadLetters(@Body() body: ReplayDeadLetters): Promise<ReplayReportView> {
    return this.commands.execute(body);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Apply a dead letter again, and those behind it' })
  @ApiOkResponse({ type: ReplayedView })
  replayDeadLetter(@Param('id', ParseUuid) id: string): Promise<ReplayedView> {
    return this.commands.execute(ReplayDeadLetter.of({ id }));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Give a dead letter up for good' })
  @ApiNoContentResponse()
  discardDeadLetter(@Param('id', ParseUuid) id: string): Promise<void> {
    return this.commands.execute(DiscardDeadLetter.of({ id }));
  }
}
