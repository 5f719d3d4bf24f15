import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  OmitType,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  clientNameOf,
  ConfirmRegistration,
  EndSession,
  GetMe,
  ListSessions,
  Login,
  Logout,
  OpenSessionView,
  Refresh,
  Register,
  RegistrationPendingView,
  SessionView,
  UserView,
} from '../contract/index.js';
import { sessionOf } from './bearer.js';

class RegisterBody extends OmitType(Register, ['client'] as const) {}
class ConfirmRegistrationBody extends OmitType(ConfirmRegistration, ['client'] as const) {}
class LoginBody extends OmitType(Login, ['client'] as const) {}
class RefreshBody extends OmitType(Refresh, ['client'] as const) {}
class SessionsQuery extends OmitType(ListSessions, ['current'] as const) {}

@Controller('v1/auth')
@ApiTags('auth')
export class AuthController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('register')
  @ApiOperation({
    summary: 'Open an account',
    description:
      'Where the server sends no mail, the answer is 201 and a session. Where it does, the answer is 202 whether the address has an account or not: the code in the mail completes the registration at `POST /v1/auth/register/confirm`, and the owner of an address with an account is told by mail.',
  })
  @CreatedAt('/v1/auth/me')
  @ApiCreatedResponse({ type: SessionView })
  @ApiAcceptedResponse({ type: RegistrationPendingView })
  async registerUser(
    @Body() body: RegisterBody,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('user-agent') agent?: string,
  ): Promise<SessionView | RegistrationPendingView> {
    const answer = await this.commands.execute(Register.of({ ...body, client: clientNameOf(agent) }));
    if (answer instanceof RegistrationPendingView) reply.status(202);
    return answer;
  }

  @Post('register/confirm')
  @ApiOperation({
    summary: 'Complete a registration',
    description: 'With the code from the mail and the password that was chosen. The answer is a session.',
  })
  @CreatedAt('/v1/auth/me')
  @ApiCreatedResponse({ type: SessionView })
  confirmRegistration(@Body() body: ConfirmRegistrationBody, @Headers('user-agent') agent?: string) {
    return this.commands.execute(ConfirmRegistration.of({ ...body, client: clientNameOf(agent) }));
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description:
      'After ten failures in a row a network has to wait, ever longer. The right password from a network that signed in to the account before is let through.',
  })
  @ApiOkResponse({ type: SessionView })
  logIn(@Body() body: LoginBody, @Headers('user-agent') agent?: string): Promise<SessionView> {
    return this.commands.execute(Login.of({ ...body, client: clientNameOf(agent) }));
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange a refresh token for new tokens',
    description: 'A refresh token works once. When one comes again, its session is ended for whoever holds it.',
  })
  @ApiOkResponse({ type: SessionView })
  refreshSession(@Body() body: RefreshBody, @Headers('user-agent') agent?: string): Promise<SessionView> {
    return this.commands.execute(Refresh.of({ ...body, client: clientNameOf(agent) }));
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign out',
    description:
      'Ends the session of the refresh token; without one, all sessions of the caller. Access tokens of ended sessions are refused within a second. When no session is left, the wallets of the caller are locked. API keys and agents go on working.',
  })
  @ApiNoContentResponse()
  async logOut(@Body() body: Logout): Promise<void> {
    await this.commands.execute(body);
  }

  @Get('sessions')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'List the sessions of the caller', description: 'Newest sign-in first.' })
  @ApiPage(OpenSessionView)
  listSessions(@Query() query: SessionsQuery, @Headers('authorization') authorization?: string) {
    return this.queries.execute(ListSessions.of({ ...query, current: sessionOf(authorization) }));
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'End a session', description: 'Its access token is refused within a second.' })
  @ApiNoContentResponse()
  async endSession(@Param('id', ParseUuid) sessionId: string): Promise<void> {
    await this.commands.execute(EndSession.of({ sessionId }));
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: UserView })
  getCurrentUser(): Promise<UserView> {
    return this.queries.execute(new GetMe());
  }
}
