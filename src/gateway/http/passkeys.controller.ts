import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
  AddPasskey,
  BeginPasskey,
  clientNameOf,
  GetPasskeyRequest,
  ListPasskeys,
  PasskeyCreationView,
  PasskeyRequestView,
  PasskeyView,
  RemovePasskey,
  RenamePasskey,
  SessionView,
  SignInWithPasskey,
} from '../contract/index.js';
import { sessionOf } from './bearer.js';

class BeginPasskeyBody extends OmitType(BeginPasskey, ['session'] as const) {}
class RenamePasskeyBody extends OmitType(RenamePasskey, ['passkeyId'] as const) {}
class SignInWithPasskeyBody extends OmitType(SignInWithPasskey, ['client'] as const) {}

@Controller('v1/auth/passkeys')
@ApiTags('auth')
export class PasskeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('options')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Begin to add a passkey',
    description:
      'With the password, and a code where there is an authenticator app. Who has passkeys and no app must have signed in with one: 403 `gateway.passkey_needed`. Nothing changes until the passkey comes.',
  })
  @ApiOkResponse({ type: PasskeyCreationView })
  beginPasskey(
    @Body() body: BeginPasskeyBody,
    @Headers('authorization') authorization?: string,
  ): Promise<PasskeyCreationView> {
    return this.commands.execute(BeginPasskey.of({ ...body, session: sessionOf(authorization) }));
  }

  @Post()
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Add a passkey',
    description:
      'As the browser made it with the options of `POST /v1/auth/passkeys/options`. It signs in as a password with a second factor does; the password goes on working. The owner is told by mail.',
  })
  @CreatedAt('/v1/auth/passkeys')
  @ApiCreatedResponse({ type: PasskeyView })
  addPasskey(@Body() body: AddPasskey): Promise<PasskeyView> {
    return this.commands.execute(body);
  }

  @Get()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'List the passkeys of the caller', description: 'Newest first.' })
  @ApiPage(PasskeyView)
  listPasskeys(@Query() query: ListPasskeys) {
    return this.queries.execute(query);
  }

  @Patch(':id')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Rename a passkey' })
  @ApiOkResponse({ type: PasskeyView })
  renamePasskey(@Param('id', ParseUuid) passkeyId: string, @Body() { name }: RenamePasskeyBody): Promise<PasskeyView> {
    return this.commands.execute(RenamePasskey.of({ passkeyId, name }));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Remove a passkey',
    description:
      'In a session that was opened with a passkey or a second factor. Every session of the caller ends: one may have been opened with it.',
  })
  @ApiNoContentResponse()
  async removePasskey(
    @Param('id', ParseUuid) passkeyId: string,
    @Headers('authorization') authorization?: string,
  ): Promise<void> {
    await this.commands.execute(RemovePasskey.of({ passkeyId, session: sessionOf(authorization) }));
  }

  @Post('login/options')
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin to sign in with a passkey' })
  @ApiOkResponse({ type: PasskeyRequestView })
  beginPasskeyLogin(): Promise<PasskeyRequestView> {
    return this.queries.execute(new GetPasskeyRequest());
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in with a passkey',
    description:
      'As the browser answers the options of `POST /v1/auth/passkeys/login/options`. It counts as a password and a second factor.',
  })
  @ApiOkResponse({ type: SessionView })
  logInWithPasskey(
    @Body() { credential }: SignInWithPasskeyBody,
    @Headers('user-agent') agent?: string,
  ): Promise<SessionView> {
    return this.commands.execute(SignInWithPasskey.of({ credential, client: clientNameOf(agent) }));
  }
}
