import { requirePrincipal } from '@aitbc/modulith';
import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  AgentView,
  GetAgent,
  Heartbeat,
  HeartbeatView,
  ListAgents,
  RegisterAgent,
  RegisteredAgentView,
  RekeyAgent,
  RenameAgent,
  RetireAgent,
  SetAgentKey,
} from '../contract/index.js';

class SetAgentKeyBody extends OmitType(SetAgentKey, ['agentId'] as const) {}
class RenameAgentBody extends OmitType(RenameAgent, ['agentId'] as const) {}
class HeartbeatBody extends OmitType(Heartbeat, ['agentId'] as const) {}

@ApiTags('agents')
@ApiBearerAuth()
@Controller('v1/agents')
export class AgentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Register an agent', description: 'For offers of yours. The token is shown this once.' })
  @CreatedAt('/v1/agents/{agent.id}')
  @ApiCreatedResponse({ type: RegisteredAgentView })
  registerAgent(@Body() body: RegisterAgent) {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({ summary: 'List your agents', description: 'Newest first.' })
  @ApiPage(AgentView)
  listAgents(@Query() query: ListAgents) {
    return this.queries.execute(query);
  }

  @Get('me')
  @ApiOperation({ summary: 'Read the agent that the token belongs to' })
  @ApiOkResponse({ type: AgentView })
  getOwnAgent() {
    return this.queries.execute(GetAgent.of({ agentId: requirePrincipal().subject }));
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an agent of yours' })
  @ApiOkResponse({ type: AgentView })
  getAgent(@Param('id', ParseUuid) agentId: string) {
    return this.queries.execute(GetAgent.of({ agentId }));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename an agent' })
  @ApiOkResponse({ type: AgentView })
  renameAgent(@Param('id', ParseUuid) agentId: string, @Body() body: RenameAgentBody) {
    return this.commands.execute(RenameAgent.of({ ...body, agentId }));
  }

  @Delete(':id')
  @ApiOperation({
    summary: 'Retire an agent',
    description: 'Its token is worthless at once and it takes no more jobs. Its receipts stay valid.',
  })
  @ApiOkResponse({ type: AgentView })
  retireAgent(@Param('id', ParseUuid) agentId: string) {
    return this.commands.execute(RetireAgent.of({ agentId }));
  }

  @Post(':id/token')
  @ApiOperation({
    summary: 'Give an agent a new token and a new key',
    description:
      'Earlier tokens are worthless at once. The daemon that starts with the new one, which is shown this once, sets its key.',
  })
  @CreatedAt('/v1/agents/{agent.id}')
  @ApiCreatedResponse({ type: RegisteredAgentView })
  rekeyAgent(@Param('id', ParseUuid) agentId: string) {
    return this.commands.execute(RekeyAgent.of({ agentId }));
  }

  @Put(':id/key')
  @ApiOperation({
    summary: 'Set the key that an agent signs receipts with',
    description: 'Its daemon does so once, at its first start; from then on only the owner can replace it.',
  })
  @ApiOkResponse({ type: AgentView })
  setAgentKey(@Param('id', ParseUuid) agentId: string, @Body() body: SetAgentKeyBody) {
    return this.commands.execute(SetAgentKey.of({ ...body, agentId }));
  }

  @Post(':id/heartbeat')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that the agent lives',
    description: 'Every 15 s. Renews the leases of the attempts named and tells which of them it holds no longer.',
  })
  @ApiOkResponse({ type: HeartbeatView })
  sendHeartbeat(@Param('id', ParseUuid) agentId: string, @Body() body: HeartbeatBody) {
    return this.commands.execute(Heartbeat.of({ ...body, agentId }));
  }
}
