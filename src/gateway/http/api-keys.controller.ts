import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
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
  createApiKey(@Body() body: CreateApiKey): Promise<CreatedApiKeyView> {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({ summary: 'List the API keys of the caller', description: 'Those that still work, newest first.' })
  @ApiPage(ApiKeyView)
  listApiKeys(@Query() query: ListApiKeys) {
    return this.queries.execute(query);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an API key', description: 'It is refused at once.' })
  @ApiNoContentResponse()
  async revokeApiKey(@Param('id', ParseUuid) keyId: string): Promise<void> {
    await this.commands.execute(RevokeApiKey.of({ keyId }));
  }
}
