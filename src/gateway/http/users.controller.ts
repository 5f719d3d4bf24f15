import { ApiPage, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  AccountDetailsView,
  AccountView,
  GetAccount,
  LockUser,
  RemoveSecondFactor,
  SearchUsers,
  SetUserRoles,
  SignOutUser,
  UnlockUser,
} from '../contract/index.js';

class SetUserRolesBody extends OmitType(SetUserRoles, ['userId'] as const) {}
class RemoveSecondFactorBody extends OmitType(RemoveSecondFactor, ['userId'] as const) {}
class LockUserBody extends OmitType(LockUser, ['userId'] as const) {}

@Controller('v1/admin/users')
@ApiTags('admin')
@ApiBearerAuth()
export class UsersController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Search users', description: 'Newest first.' })
  @ApiPage(AccountView)
  searchUsers(@Query() query: SearchUsers) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an account, with its sessions and API keys in numbers' })
  @ApiOkResponse({ type: AccountDetailsView })
  getUser(@Param('id', ParseUuid) userId: string) {
    return this.queries.execute(GetAccount.of({ userId }));
  }

  @Put(':id/roles')
  @ApiOperation({
    summary: 'Set the roles of a user',
    description:
      'Access tokens with other roles are refused at once, and their holders get new ones with their refresh token. Nobody changes their own roles, and one administrator always remains.',
  })
  @ApiOkResponse({ type: AccountView })
  setUserRoles(@Param('id', ParseUuid) userId: string, @Body() { roles }: SetUserRolesBody) {
    return this.commands.execute(SetUserRoles.of({ userId, roles }));
  }

  @Post(':id/lock')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Lock an account',
    description:
      'Ends its sessions, and refuses its access tokens and those of its agents at once. Only administrators lock operators.',
  })
  @ApiOkResponse({ type: AccountView })
  lockUser(@Param('id', ParseUuid) userId: string, @Body() { reason }: LockUserBody) {
    return this.commands.execute(LockUser.of({ userId, reason }));
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Unlock an account',
    description: 'The user signs in again; the agents’ tokens work again.',
  })
  @ApiOkResponse({ type: AccountView })
  unlockUser(@Param('id', ParseUuid) userId: string) {
    return this.commands.execute(UnlockUser.of({ userId }));
  }

  @Post(':id/sign-out')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Sign a user out everywhere',
    description: 'Ends every session and refuses every access token at once. Agents go on working.',
  })
  @ApiOkResponse({ type: AccountView })
  signOutUser(@Param('id', ParseUuid) userId: string) {
    return this.commands.execute(SignOutUser.of({ userId }));
  }

  @Post(':id/second-factor/remove')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Remove the second factor and the passkeys of a user who has lost them',
    description:
      'Make sure first who asks: afterwards the password alone signs in. Every session ends, the user is told by mail, and the reason is kept in the audit log. Only administrators do this for operators.',
  })
  @ApiOkResponse({ type: AccountView })
  removeSecondFactor(@Param('id', ParseUuid) userId: string, @Body() { reason }: RemoveSecondFactorBody) {
    return this.commands.execute(RemoveSecondFactor.of({ userId, reason }));
  }
}
