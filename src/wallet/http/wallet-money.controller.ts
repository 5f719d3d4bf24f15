import { ApiPage, ApiProblems, PageQuery, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOperation, ApiTags, OmitType } from '@nestjs/swagger';
import {
  FaucetView,
  GetLedger,
  LedgerEntryView,
  ListTransfers,
  RequestFaucet,
  SendTransfer,
  TransferView,
} from '../contract/index.js';

class SendTransferBody extends OmitType(SendTransfer, ['walletId'] as const) {}

@ApiTags('wallet')
@ApiBearerAuth()
@Controller('v1/wallets/:id')
export class WalletMoneyController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Post('faucet')
  @HttpCode(202)
  @ApiOperation({ summary: 'Get 100 AIT to try things', description: 'Outside production, ten times an hour.' })
  @ApiAcceptedResponse({ type: FaucetView })
  @ApiProblems(400, 401, 403, 404, 429)
  requestFaucet(@Param('id', ParseUuid) walletId: string) {
    return this.commands.execute(RequestFaucet.of({ walletId }));
  }

  @Post('transfers')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send AIT',
    description: 'Signed and stored when this answers; `GET …/transfers` shows when it is confirmed.',
  })
  @ApiAcceptedResponse({ type: TransferView })
  @ApiProblems(400, 401, 403, 404, 409, 422)
  sendTransfer(@Param('id', ParseUuid) walletId: string, @Body() { to, amount }: SendTransferBody) {
    return this.commands.execute(SendTransfer.of({ walletId, to, amount }));
  }

  @Get('transfers')
  @ApiOperation({ summary: 'List what the wallet sent', description: 'Newest first, locked bookings included.' })
  @ApiPage(TransferView)
  @ApiProblems(400, 401, 403, 404)
  listTransfers(@Param('id', ParseUuid) walletId: string, @Query() { cursor, limit }: PageQuery<unknown>) {
    return this.queries.execute(ListTransfers.of({ walletId, cursor, limit }));
  }

  @Get('ledger')
  @ApiOperation({
    summary: "List what moved the wallet's balance",
    description: 'Newest first, with the running balance.',
  })
  @ApiPage(LedgerEntryView)
  @ApiProblems(400, 401, 403, 404)
  getLedger(@Param('id', ParseUuid) walletId: string, @Query() { cursor, limit }: PageQuery<unknown>) {
    return this.queries.execute(GetLedger.of({ walletId, cursor, limit }));
  }
}
