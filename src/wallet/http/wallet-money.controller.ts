import { Readable } from 'node:stream';
import { currentMessage, type RequestOptions, runInRequest } from '@aitbc/modulith';
import { ApiPage, type Page, PageQuery, ParseUuid } from '@aitbc/platform';
import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  OmitType,
  PickType,
} from '@nestjs/swagger';
import {
  FaucetView,
  GetLedger,
  LedgerEntryView,
  ListTransfers,
  RequestFaucet,
  SendTransfer,
  TransferView,
} from '../contract/index.js';
import { LEDGER_CSV_HEAD, ledgerCsvLine } from './ledger-csv.js';

const CSV = 'text/csv';
const CSV_PAGE = 100;
const EXAMPLE = `${LEDGER_CSV_HEAD}2,2026-01-01T00:00:00.000Z,fee,-0.000021,99.999979,,0x6f1d…,,42\r\n`;

class LedgerQuery extends OmitType(GetLedger, ['walletId'] as const) {}
class LedgerSpan extends PickType(GetLedger, ['from', 'to'] as const) {}
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
  sendTransfer(@Param('id', ParseUuid) walletId: string, @Body() { to, amount }: SendTransferBody) {
    return this.commands.execute(SendTransfer.of({ walletId, to, amount }));
  }

  @Get('transfers')
  @ApiOperation({ summary: 'List what the wallet sent', description: 'Newest first, locked bookings included.' })
  @ApiPage(TransferView)
  listTransfers(@Param('id', ParseUuid) walletId: string, @Query() { cursor, limit }: PageQuery<unknown>) {
    return this.queries.execute(ListTransfers.of({ walletId, cursor, limit }));
  }

  @Get('ledger')
  @ApiOperation({
    summary: "List what moved the wallet's balance",
    description: 'Newest first, with the running balance.',
  })
  @ApiPage(LedgerEntryView)
  getLedger(@Param('id', ParseUuid) walletId: string, @Query() query: LedgerQuery) {
    return this.queries.execute(GetLedger.of({ ...query, walletId }));
  }

  @Get('ledger.csv')
  @ApiOperation({ summary: 'The ledger as CSV', description: 'All of it, or a span of time; newest first.' })
  @ApiOkResponse({ content: { [CSV]: { schema: { type: 'string' }, example: EXAMPLE } } })
  async exportLedger(@Param('id', ParseUuid) walletId: string, @Query() { from, to }: LedgerSpan) {
    const { principal, origin } = currentMessage()!;
    const asked = GetLedger.of({ walletId, from, to, limit: CSV_PAGE });
    // Fetched before the response starts: another user's wallet is not found.
    const first = await this.queries.execute(asked);
    const lines = Readable.from(this.lines(asked, first, { principal, origin }), { objectMode: false });
    return new StreamableFile(lines, { type: CSV, disposition: 'attachment; filename="ledger.csv"' });
  }

  /** Holds one page in memory at a time; each has its own deadline, since the whole may take longer than a request. */
  private async *lines(asked: GetLedger, first: Page<LedgerEntryView>, request: RequestOptions) {
    yield LEDGER_CSV_HEAD;
    for (let page = first; ;) {
      yield page.items.map(ledgerCsvLine).join('');
      const cursor = page.nextCursor;
      if (cursor === null) return;
      page = await runInRequest(request, () => this.queries.execute(GetLedger.of({ ...asked, cursor })));
    }
  }
}
