import { CreatedAt } from '@aitbc/platform';
import { Body, Controller, Get, Headers, HttpCode, Post } from '@nestjs/common';
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
import { sessionOf } from './bearer.js';
import {
  BeginTotp,
  clientNameOf,
  ConfirmTotp,
  GetSecondFactor,
  RecoveryCodesView,
  RemoveTotp,
  ReplaceRecoveryCodes,
  SecondFactorView,
  TotpConfirmedView,
  TotpSetupView,
} from '../contract/index.js';

class BeginTotpBody extends OmitType(BeginTotp, ['session'] as const) {}
class ConfirmTotpBody extends OmitType(ConfirmTotp, ['client'] as const) {}

@Controller('v1/auth/second-factor')
@ApiTags('auth')
@ApiBearerAuth()
export class SecondFactorController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the second factor of the caller' })
  @ApiOkResponse({ type: SecondFactorView })
  getSecondFactor(): Promise<SecondFactorView> {
    return this.queries.execute(new GetSecondFactor());
  }

  @Post('totp')
  @ApiOperation({
    summary: 'Set up an authenticator app',
    description:
      'Show the URI as a QR code, then confirm with the first code. Until then nothing changes. Who has passkeys must have signed in with one: 403 `gateway.passkey_needed`.',
  })
  @CreatedAt('/v1/auth/second-factor')
  @ApiCreatedResponse({ type: TotpSetupView })
  beginTotp(@Body() body: BeginTotpBody, @Headers('authorization') authorization?: string): Promise<TotpSetupView> {
    return this.commands.execute(BeginTotp.of({ ...body, session: sessionOf(authorization) }));
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Require a code of the authenticator app from now on',
    description: 'Every session of the caller ends; the answer has a new one, and the recovery codes, this once.',
  })
  @ApiOkResponse({ type: TotpConfirmedView })
  confirmTotp(@Body() body: ConfirmTotpBody, @Headers('user-agent') agent?: string): Promise<TotpConfirmedView> {
    return this.commands.execute(ConfirmTotp.of({ ...body, client: clientNameOf(agent) }));
  }

  @Post('totp/remove')
  @HttpCode(204)
  @ApiOperation({ summary: 'Require no code any more', description: 'Every session of the caller ends.' })
  @ApiNoContentResponse()
  async removeTotp(@Body() body: RemoveTotp): Promise<void> {
    await this.commands.execute(body);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Replace the recovery codes', description: 'Those of before work no more.' })
  @ApiOkResponse({ type: RecoveryCodesView })
  replaceRecoveryCodes(@Body() body: ReplaceRecoveryCodes): Promise<RecoveryCodesView> {
    return this.commands.execute(body);
  }
}
