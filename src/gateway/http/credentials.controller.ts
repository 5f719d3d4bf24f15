import { Body, Controller, Headers, HttpCode, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  OmitType,
} from '@nestjs/swagger';
import {
  ChangePassword,
  clientNameOf,
  DeleteAccount,
  RequestEmailVerification,
  RequestPasswordReset,
  ResetPassword,
  SessionView,
  VerifyEmail,
} from '../contract/index.js';

class ChangePasswordBody extends OmitType(ChangePassword, ['client'] as const) {}

@Controller('v1/auth')
@ApiTags('auth')
export class CredentialsController {
  constructor(private readonly commands: CommandBus) {}

  @Post('password')
  @HttpCode(200)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Change the password',
    description:
      'Every session of the caller ends, all access tokens are refused and the wallets are locked. The answer is a new session.',
  })
  @ApiOkResponse({ type: SessionView })
  changePassword(@Body() body: ChangePasswordBody, @Headers('user-agent') agent?: string): Promise<SessionView> {
    return this.commands.execute(ChangePassword.of({ ...body, client: clientNameOf(agent) }));
  }

  @Post('password/forgot')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Ask for a mail to reset the password',
    description:
      'The answer is the same whether the address has an account or not. 409 `gateway.mail_not_configured` where the server sends no mail.',
  })
  @ApiResponse({ status: 202, description: 'If there is an account, a mail is on its way' })
  async requestPasswordReset(@Body() body: RequestPasswordReset): Promise<void> {
    await this.commands.execute(body);
  }

  @Post('password/reset')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Reset the password',
    description:
      'With the code from the mail, which works once. Every session ends; a second factor stays as it is. Sign in afterwards.',
  })
  @ApiNoContentResponse()
  async resetPassword(@Body() body: ResetPassword): Promise<void> {
    await this.commands.execute(body);
  }

  @Post('me/delete')
  @HttpCode(204)
  @ApiBearerAuth()
  @ApiOperation({
    summary: 'Delete the account of the caller',
    description:
      'Sessions, API keys and the tokens of agents end, the keys of the wallets are destroyed, and offers leave the market. What others need stays without a name. 409 `gateway.account_in_use` while bookings are open or wallets hold a balance, unless `force` is true.',
  })
  @ApiNoContentResponse()
  async deleteAccount(@Body() body: DeleteAccount): Promise<void> {
    await this.commands.execute(body);
  }

  @Post('email/verification')
  @HttpCode(202)
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Ask for a mail to verify the email of the caller' })
  @ApiResponse({ status: 202, description: 'A mail is on its way' })
  async requestEmailVerification(): Promise<void> {
    await this.commands.execute(new RequestEmailVerification());
  }

  @Post('email/verify')
  @HttpCode(204)
  @ApiOperation({ summary: 'Verify an email', description: 'With the code from the mail, which works once.' })
  @ApiNoContentResponse()
  async verifyEmail(@Body() body: VerifyEmail): Promise<void> {
    await this.commands.execute(body);
  }
}
