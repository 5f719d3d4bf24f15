import { Body, Controller, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AddressChallengeView, RequestAddressChallenge } from '../contract/index.js';

@ApiTags('marketplace')
@ApiBearerAuth()
@Controller('v1/address-challenges')
export class AddressChallengesController {
  constructor(private readonly commands: CommandBus) {}

  @Post()
  @ApiOperation({
    summary: 'Ask for a message that proves an address',
    description:
      'Signed by the address, its signature and nonce are the `proof` of a booking by `clientAddress`: once, within ten minutes. A contract that has code at the address is asked by ERC-1271.',
  })
  @ApiCreatedResponse({ type: AddressChallengeView })
  requestAddressChallenge(@Body() body: RequestAddressChallenge) {
    return this.commands.execute(body);
  }
}
