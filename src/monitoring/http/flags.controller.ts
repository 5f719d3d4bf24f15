import { ApiIfMatch, CreatedAt, etagOf, IfMatch } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  ArchiveFlag,
  ChangeFlag,
  CreateFlag,
  EvaluateFlag,
  FlagEvaluationView,
  FlagView,
  GetFlag,
  ListFlags,
} from '../contract/index.js';

export class ChangeFlagBody extends OmitType(ChangeFlag, ['key', 'versions'] as const) {}
export class EvaluateFlagBody extends OmitType(EvaluateFlag, ['key'] as const) {}

@ApiTags('flags')
@ApiBearerAuth()
@Controller('v1/admin/flags')
export class FlagsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the feature flags', description: 'With those that the code asks for and nobody set.' })
  @ApiOkResponse({ type: [FlagView] })
  listFlags(@Query() query: ListFlags): Promise<FlagView[]> {
    return this.queries.execute(query);
  }

  @Post()
  @ApiOperation({ summary: 'Create a flag', description: 'In force in every process within a second.' })
  @CreatedAt('/v1/admin/flags/{key}')
  @ApiCreatedResponse({ type: FlagView })
  async createFlag(@Body() body: CreateFlag, @Res({ passthrough: true }) reply: FastifyReply): Promise<FlagView> {
    return tagged(reply, await this.commands.execute(body));
  }

  @Get(':key')
  @ApiOperation({ summary: 'Read a flag', description: 'Its ETag is what a change has to name.' })
  @ApiOkResponse({ type: FlagView })
  async getFlag(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<FlagView> {
    return tagged(reply, await this.queries.execute(GetFlag.of({ key })));
  }

  @Patch(':key')
  @ApiOperation({
    summary: 'Change a flag',
    description: 'What is given takes the place of what was there; the rest stays. In force within a second.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ type: FlagView })
  async changeFlag(
    @Param('key') key: string,
    @IfMatch() versions: number[] | undefined,
    @Body() body: ChangeFlagBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FlagView> {
    return tagged(reply, await this.commands.execute(ChangeFlag.of({ ...body, key, versions })));
  }

  @Post(':key/archive')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Archive a flag',
    description: 'The code’s default is in force again. The flag stays readable, and its key can be used again.',
  })
  @ApiIfMatch()
  @ApiOkResponse({ type: FlagView })
  async archiveFlag(
    @Param('key') key: string,
    @IfMatch() versions: number[] | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FlagView> {
    return tagged(reply, await this.commands.execute(ArchiveFlag.of({ key, versions })));
  }

  @Post(':key/evaluation')
  @HttpCode(200)
  @ApiOperation({ summary: 'What would this user get, and why' })
  @ApiOkResponse({ type: FlagEvaluationView })
  evaluateFlag(@Param('key') key: string, @Body() body: EvaluateFlagBody): Promise<FlagEvaluationView> {
    return this.queries.execute(EvaluateFlag.of({ ...body, key }));
  }
}

function tagged(reply: FastifyReply, flag: FlagView): FlagView {
  void reply.header('etag', etagOf(flag.version));
  return flag;
}
