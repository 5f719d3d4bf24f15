import { Readable } from 'node:stream';
import { currentMessage, requirePrincipal, type RequestOptions, runInRequest } from '@aitbc/modulith';
import { type Page, withDecimalAmounts } from '@aitbc/platform';
import { Controller, Get, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ListAgents, ListJobs } from '../../agents/contract/index.js';
import { ListBookings, ListOffers } from '../../marketplace/contract/index.js';
import { ListTransfers, ListWallets } from '../../wallet/contract/index.js';
import { GetMe, ListApiKeys, ListPasskeys, ListSessions } from '../contract/index.js';

const NDJSON = 'application/x-ndjson';
const PAGE = 100;

type Listing = (page: { limit: number; cursor?: string }) => object;

@Controller('v1/auth/me')
@ApiTags('auth')
@ApiBearerAuth()
export class AccountExportController {
  constructor(private readonly queries: QueryBus) {}

  @Get('export')
  @ApiOperation({
    summary: 'Export what is stored about the caller',
    description:
      'A JSON object a line, with its `kind`: the account, sessions, passkeys, API keys, wallets and their transfers, offers, bookings, agents and jobs. Secrets are not part of it.',
  })
  @ApiOkResponse({
    description: 'As it was when each line was read',
    content: {
      [NDJSON]: { schema: { type: 'string', example: '{"kind":"account","id":"019a…","email":"ada@example.org"}\n' } },
    },
  })
  exportAccount(): StreamableFile {
    const { subject } = requirePrincipal();
    const { principal, origin } = currentMessage()!;
    const lines = Readable.from(this.lines(subject, { principal, origin }), { objectMode: false });
    return new StreamableFile(lines, { type: NDJSON, disposition: 'attachment; filename="account.ndjson"' });
  }

  /** Holds one page in memory at a time; each query has its own deadline. */
  private async *lines(userId: string, request: RequestOptions): AsyncGenerator<string> {
    const ask = <T>(query: object) => runInRequest(request, () => this.queries.execute<object, T>(query));
    yield lineOf('account', await ask(new GetMe()));
    yield* pagesOf('session', ask, (page) => ListSessions.of(page as ListSessions));
    yield* pagesOf('passkey', ask, (page) => ListPasskeys.of(page as ListPasskeys));
    yield* pagesOf('api_key', ask, (page) => ListApiKeys.of(page as ListApiKeys));
    const walletIds: string[] = [];
    for await (const line of pagesOf('wallet', ask, (page) => ListWallets.of(page as ListWallets))) {
      walletIds.push((JSON.parse(line) as { id: string }).id);
      yield line;
    }
    for (const walletId of walletIds) {
      yield* pagesOf('transfer', ask, (page) => ListTransfers.of({ ...page, walletId } as ListTransfers));
    }
    yield* pagesOf('offer', ask, (page) => ListOffers.of({ ...page, providerId: userId } as ListOffers));
    yield* pagesOf('booking', ask, (page) => ListBookings.of({ ...page, clientId: userId } as ListBookings));
    yield* pagesOf('booking', ask, (page) => ListBookings.of({ ...page, providerId: userId } as ListBookings));
    yield* pagesOf('agent', ask, (page) => ListAgents.of({ ...page, ownerId: userId } as ListAgents));
    yield* pagesOf('job', ask, (page) => ListJobs.of({ ...page, clientId: userId } as ListJobs));
  }
}

async function* pagesOf(kind: string, ask: <T>(query: object) => Promise<T>, listing: Listing): AsyncGenerator<string> {
  for (let cursor: string | undefined; ;) {
    const page = await ask<Page<object>>(listing({ limit: PAGE, cursor }));
    for (const item of page.items) yield lineOf(kind, item);
    if (page.nextCursor === null) return;
    cursor = page.nextCursor;
  }
}

function lineOf(kind: string, item: object): string {
  return `${JSON.stringify(withDecimalAmounts({ kind, ...item }))}\n`;
}
