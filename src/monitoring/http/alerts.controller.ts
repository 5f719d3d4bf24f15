import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  OmitType,
} from '@nestjs/swagger';
import {
  AcknowledgeAlert,
  AlertRuleView,
  AlertView,
  DeleteAlertRule,
  EndSilence,
  GetAlert,
  GetAlertRule,
  ListAlertRules,
  ListAlerts,
  ListSilences,
  SetAlertRule,
  SilenceAlerts,
  SilenceView,
} from '../contract/index.js';

export class AlertRuleBody extends OmitType(SetAlertRule, ['name'] as const) {}
export class AcknowledgeAlertBody extends OmitType(AcknowledgeAlert, ['alertId'] as const) {}

@Controller('v1/admin')
@ApiTags('admin')
@ApiBearerAuth()
export class AlertsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get('alert-rules')
  @ApiOperation({ summary: 'What is watched, and whom it tells' })
  @ApiOkResponse({ type: [AlertRuleView] })
  listAlertRules(): Promise<AlertRuleView[]> {
    return this.queries.execute(ListAlertRules.of({}));
  }

  @Get('alert-rules/:name')
  @ApiOperation({ summary: 'Read an alert rule' })
  @ApiOkResponse({ type: AlertRuleView })
  getAlertRule(@Param('name') name: string): Promise<AlertRuleView> {
    return this.queries.execute(GetAlertRule.of({ name }));
  }

  @Put('alert-rules/:name')
  @ApiOperation({
    summary: 'Make an alert rule, or say it anew',
    description: 'Said whole. A shipped rule that was changed is left alone by later releases.',
  })
  @ApiOkResponse({ type: AlertRuleView })
  setAlertRule(@Param('name') name: string, @Body() body: AlertRuleBody): Promise<AlertRuleView> {
    return this.commands.execute(SetAlertRule.of({ ...body, name }));
  }

  @Delete('alert-rules/:name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an alert rule', description: 'Shipped rules are switched off instead.' })
  @ApiNoContentResponse()
  deleteAlertRule(@Param('name') name: string): Promise<void> {
    return this.commands.execute(DeleteAlertRule.of({ name }));
  }

  @Get('alerts')
  @ApiOperation({ summary: 'Alerts, open and over', description: 'Newest first.' })
  @ApiPage(AlertView)
  listAlerts(@Query() query: ListAlerts) {
    return this.queries.execute(query);
  }

  @Get('alerts/:id')
  @ApiOperation({ summary: 'An alert, and whom it told' })
  @ApiOkResponse({ type: AlertView })
  getAlert(@Param('id', ParseUuid) alertId: string): Promise<AlertView> {
    return this.queries.execute(GetAlert.of({ alertId }));
  }

  @Post('alerts/:id/acknowledge')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that somebody looks after an alert',
    description: 'It then tells nobody that it fires.',
  })
  @ApiOkResponse({ type: AlertView })
  acknowledgeAlert(@Param('id', ParseUuid) alertId: string, @Body() body: AcknowledgeAlertBody): Promise<AlertView> {
    return this.commands.execute(AcknowledgeAlert.of({ ...body, alertId }));
  }

  @Get('silences')
  @ApiOperation({ summary: 'Silences that are not over' })
  @ApiOkResponse({ type: [SilenceView] })
  listSilences(): Promise<SilenceView[]> {
    return this.queries.execute(ListSilences.of({}));
  }

  @Post('silences')
  @ApiOperation({ summary: 'Silence alerts for a time', description: 'They are still seen, and tell nobody.' })
  @CreatedAt('/v1/admin/silences')
  @ApiCreatedResponse({ type: SilenceView })
  silenceAlerts(@Body() body: SilenceAlerts): Promise<SilenceView> {
    return this.commands.execute(body);
  }

  @Delete('silences/:id')
  @HttpCode(204)
  @ApiOperation({ summary: 'End a silence now' })
  @ApiNoContentResponse()
  endSilence(@Param('id', ParseUuid) silenceId: string): Promise<void> {
    return this.commands.execute(EndSilence.of({ silenceId }));
  }
}
