import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  OmitType,
} from '@nestjs/swagger';
import {
  AlertChannelView,
  DeleteAlertChannel,
  ListAlertChannels,
  SetAlertChannel,
  TestAlertChannel,
} from '../contract/index.js';

export class AlertChannelBody extends OmitType(SetAlertChannel, ['name'] as const) {}

@Controller('v1/admin/alert-channels')
@ApiTags('admin')
@ApiBearerAuth()
export class AlertChannelsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where notifications go, and how that went' })
  @ApiOkResponse({ type: [AlertChannelView] })
  listAlertChannels(): Promise<AlertChannelView[]> {
    return this.queries.execute(ListAlertChannels.of({}));
  }

  @Put(':name')
  @ApiOperation({
    summary: 'Make an alert channel, or change it',
    description:
      'What opens doors is never shown again: what of it is absent stays as it was, null removes it. When the url leads to another origin, a secret and an authorization must be given again, or null.',
  })
  @ApiOkResponse({ type: AlertChannelView })
  setAlertChannel(@Param('name') name: string, @Body() body: AlertChannelBody): Promise<AlertChannelView> {
    return this.commands.execute(SetAlertChannel.of({ ...body, name }));
  }

  @Delete(':name')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete an alert channel', description: 'What waits for it is given up.' })
  @ApiNoContentResponse()
  deleteAlertChannel(@Param('name') name: string): Promise<void> {
    return this.commands.execute(DeleteAlertChannel.of({ name }));
  }

  @Post(':name/test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send a test', description: 'How it went is seen at the channel a moment later.' })
  @ApiAcceptedResponse({ description: 'It is on its way' })
  testAlertChannel(@Param('name') name: string): Promise<void> {
    return this.commands.execute(TestAlertChannel.of({ name }));
  }
}
