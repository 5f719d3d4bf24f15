import { ApiPage, CreatedAt, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
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
  CreatedWalletView,
  CreateWallet,
  GetWallet,
  ListWallets,
  LockWallet,
  UnlockedView,
  UnlockWallet,
  WalletView,
} from '../contract/index.js';

class UnlockWalletBody extends OmitType(UnlockWallet, ['walletId'] as const) {}

@ApiTags('wallet')
@ApiBearerAuth()
@Controller('v1/wallets')
export class WalletsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Create or restore a wallet',
    description: 'The mnemonic is shown this once. The wallet starts locked.',
  })
  @CreatedAt('/v1/wallets/{id}')
  @ApiCreatedResponse({ type: CreatedWalletView })
  createWallet(@Body() body: CreateWallet) {
    return this.commands.execute(body);
  }

  @Get()
  @ApiOperation({ summary: 'List your wallets', description: 'Newest first, with their balances on the chain.' })
  @ApiPage(WalletView)
  listWallets(@Query() query: ListWallets) {
    return this.queries.execute(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a wallet' })
  @ApiOkResponse({ type: WalletView })
  getWallet(@Param('id', ParseUuid) walletId: string) {
    return this.queries.execute(GetWallet.of({ walletId }));
  }

  @Post(':id/unlock')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Unlock a wallet for a time',
    description: 'After five wrong passwords each further one makes the next try wait longer.',
  })
  @ApiOkResponse({ type: UnlockedView })
  unlockWallet(@Param('id', ParseUuid) walletId: string, @Body() { password, ttlSeconds }: UnlockWalletBody) {
    return this.commands.execute(UnlockWallet.of({ walletId, password, ttlSeconds }));
  }

  @Post(':id/lock')
  @HttpCode(204)
  @ApiOperation({ summary: 'Lock a wallet', description: 'What was signed before is still carried out.' })
  @ApiNoContentResponse()
  lockWallet(@Param('id', ParseUuid) walletId: string) {
    return this.commands.execute(LockWallet.of({ walletId }));
  }
}
