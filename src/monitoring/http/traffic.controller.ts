import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import { BreakerView, InspectOutbox, InspectPending, OutboxView, PendingView, SetBreaker } from '../contract/index.js';

export class BreakerBody extends OmitType(SetBreaker, ['module'] as const) {}

@Controller('v1/admin')
@ApiTags('admin')
@ApiBearerAuth()
export class TrafficController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Put('modules/:name/breaker')
  @ApiOperation({
    summary: 'Open or close the circuit breakers of a module by hand',
    description:
      'In every process that calls it. Events are delivered all the same. A process that starts later begins with a closed breaker.',
  })
  @ApiOkResponse({ type: BreakerView })
  setBreaker(@Param('name') module: string, @Body() { state }: BreakerBody): Promise<BreakerView> {
    return this.commands.execute(SetBreaker.of({ module, state }));
  }

  @Get('outbox')
  @ApiOperation({ summary: 'Events that not every subscriber has confirmed, by module, subscriber and name' })
  @ApiOkResponse({ type: [OutboxView] })
  listOutboxes(@Query() query: InspectOutbox): Promise<OutboxView[]> {
    return this.queries.execute(query);
  }

  @Get('pending')
  @ApiOperation({ summary: 'Calls and events that a replica has taken over Redis and not finished' })
  @ApiOkResponse({ type: [PendingView] })
  listPendingMessages(@Query() query: InspectPending): Promise<PendingView[]> {
    return this.queries.execute(query);
  }
}
