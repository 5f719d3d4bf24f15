import { ApiPage, ApiProblems, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyView, CreateApiKey, CreatedApiKeyView, ListApiKeys, RevokeApiKey } from '../contract/index.js';

@Controller('v1/auth/api-keys')
@ApiTags('auth')
@ApiBearerAuth()
export class ApiKeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Make an API key',
    description:
      'A program sends it as an access token and acts for the caller, within the scopes of the key. No key reaches accounts or administration.',
  })
  @CreatedAt('/v1/auth/api-keys')
  @ApiCreatedResponse({ type: CreatedApiKeyView })
  @ApiProblems(400, 401, 403, 409, 429)
  createApiKey(@Body() body: CreateApiKey): Promise<CreatedApiKeyView> {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({ summary: 'List the API keys of the caller', description: 'Those that still work, newest first.' })
  @ApiPage(ApiKeyView)
  @ApiProblems(400, 401)
  listApiKeys(@Query() query: ListApiKeys) {
    return this.queries.execute(query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key', description: 'It is refused at once.' })
  @ApiNoContentResponse()
  @ApiProblems(400, 401, 404)
  async revokeApiKey(@Param('id', ParseUuid) keyId: string): Promise<void> {
    await this.commands.execute(RevokeApiKey.of({ keyId }));
  }
}
