import { ApiProblems, CreatedAt } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { GetMe, Login, Logout, Refresh, Register, SessionView, UserView } from '../contract/index.js';

@Controller('v1/auth')
@ApiTags('auth')
export class AuthController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('register')
  @ApiOperation({ summary: 'Open an account', description: 'The answer is a session: the account is signed in.' })
  @CreatedAt('/v1/auth/me')
  @ApiCreatedResponse({ type: SessionView })
  @ApiProblems(400, 403, 409, 429)
  registerUser(@Body() body: Register): Promise<SessionView> {
    return this.commands.execute(body);
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign in',
    description: 'After ten failures in a row the account has to wait, ever longer.',
  })
  @ApiOkResponse({ type: SessionView })
  @ApiProblems(400, 401, 429)
  logIn(@Body() body: Login): Promise<SessionView> {
    return this.commands.execute(body);
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Exchange a refresh token for new tokens',
    description: 'A refresh token works once. When one comes again, its session is ended for whoever holds it.',
  })
  @ApiOkResponse({ type: SessionView })
  @ApiProblems(400, 401)
  refreshSession(@Body() body: Refresh): Promise<SessionView> {
    return this.commands.execute(body);
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign out',
    description: 'Ends the session of the refresh token; without one, all sessions of the caller.',
  })
  @ApiNoContentResponse()
  @ApiProblems(400, 401)
  async logOut(@Body() body: Logout): Promise<void> {
    await this.commands.execute(body);
  }

  @Get('me')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Who am I' })
  @ApiOkResponse({ type: UserView })
  @ApiProblems(401)
  getCurrentUser(): Promise<UserView> {
    return this.queries.execute(new GetMe());
  }
}
