import { ModulithModule, runInRequest } from '@aitbc/modulith';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import { buildOpenApi, configureHttp, createHttpAdapter, operationsOf } from '@aitbc/platform';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Observable } from 'rxjs';
import { agentsContract } from '../../agents/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import { marketplaceContract } from '../contract/index.js';
import { CLIENT_WALLET, HOUR, PROVIDER_WALLET, STRANGER_ADDRESS } from '../testing/marketplace-data.js';
import { client, MarketplaceScenario, operator, provider } from '../testing/marketplace-scenario.js';
import { MarketplaceHttpModule } from './marketplace-http.module.js';

const callers = { client, provider, operator };
type Caller = keyof typeof callers;

/** The controllers in an application of their own, in front of a marketplace elsewhere; a header says who calls. */
async function startHttp(market: MarketplaceScenario): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    imports: [
      ModulithModule.forRoot({
        contracts: [marketplaceContract, walletContract, agentsContract, blockchainContract, gatewayContract],
        hosted: [],
        databaseUrl: () => '',
        secret: 'scenario',
        parity: 'strict',
        remote: {
          send: ({ kind }, message, { principal: as }) =>
            kind === 'query' ? market.app.ask(message, { as }) : market.app.execute(message, { as }),
          deliver: () => Promise.resolve(),
          isReachable: () => true,
        },
      }),
      MarketplaceHttpModule,
    ],
  }).compile();
  const http = module.createNestApplication<NestFastifyApplication>(createHttpAdapter());
  configureHttp(http);
  http.useGlobalInterceptors({
    intercept(context: ExecutionContext, next: CallHandler) {
      const caller = context.switchToHttp().getRequest<{ headers: { 'x-caller'?: Caller } }>().headers['x-caller'];
      const principal = caller && callers[caller];
      return new Observable((observer) => runInRequest({ principal }, () => next.handle().subscribe(observer)));
    },
  });
  return http.init();
}

describe('the marketplace over HTTP', () => {
  const database = temporarySqlite();
  let market: MarketplaceScenario;
  let http: NestFastifyApplication;
  beforeAll(async () => {
    market = await MarketplaceScenario.start(database.url);
    http = await startHttp(market);
  });
  afterAll(async () => {
    await http?.close();
    await market?.app.close();
    database.remove();
  });

  async function call(method: 'GET' | 'POST', url: string, caller: Caller, payload?: object) {
    const answer = await http.inject({ method, url: `/v1${url}`, payload, headers: { 'x-caller': caller } });
    return { status: answer.statusCode, body: answer.json<Record<string, never>>() };
  }

  const offer = {
    gpuModel: 'NVIDIA H100 SXM',
    gpuMemoryGb: 80,
    gpuCount: 1,
    region: 'eu-west',
    pricePerHour: '1.5',
    capabilities: ['wasm'],
    walletId: PROVIDER_WALLET,
  };
  const listOffer = async (): Promise<string> => (await call('POST', '/offers', 'provider', offer)).body['id']!;
  const book = async (payer: object) =>
    call('POST', `/offers/${await listOffer()}/bookings`, 'client', { durationHours: 2, ...payer });

  it('lists an offer with its price in AIT, and finds it', async () => {
    const created = await call('POST', '/offers', 'provider', { ...offer, expiresAt: '2027-01-01T00:00:00Z' });
    expect(created).toMatchObject({
      status: 201,
      body: { pricePerHour: '1.5', status: 'available', expiresAt: '2027-01-01T00:00:00.000Z' },
    });
    const { id } = created.body;
    const now = { agentsOnline: 1, agentSeenAt: market.clock.now().toISOString() };
    const seen = { ...created.body, ...now };
    expect(await call('GET', `/offers/${id}`, 'client')).toEqual({ status: 200, body: seen });
    const found = await call(
      'GET',
      '/offers?status=available&gpuModel=h100&maxPricePerHour=1.5&sort=pricePerHour',
      'client',
    );
    expect(found).toMatchObject({ status: 200, body: { nextCursor: null } });
    expect(found.body['items']).toContainEqual(seen);
    expect((await call('GET', '/offers?maxPricePerHour=1.499', 'client')).body).toEqual({
      items: [],
      nextCursor: null,
    });
    expect(await call('POST', `/offers/${id}/cancel`, 'provider')).toMatchObject({
      status: 200,
      body: { status: 'delisted' },
    });
  });

  it.each([
    ['an unknown status', '/offers?status=sold', 'status'],
    ['an unknown sort', '/offers?sort=gpuModel', 'sort'],
    ['a limit over 100', '/offers?limit=101', 'limit'],
    ['a price that is no number', '/offers?maxPricePerHour=cheap', 'maxPricePerHour'],
    ['a cursor of nobody', '/offers?cursor=abc', 'cursor'],
    ['an unknown filter', '/offers?owner=me', 'owner'],
    ['an unknown booking status', '/bookings?status=paid', 'status'],
    ['an id that is none', '/bookings/1', 'id'],
  ])('refuses %s and names it', async (_, url, field) => {
    const refused = await call('GET', url, 'client');
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed', errors: [{ field }] } });
  });

  it.each([
    ['pricePerHour', { pricePerHour: 1.5 }],
    ['pricePerHour', { pricePerHour: '0' }],
    ['pricePerHour', { pricePerHour: '1.0000000000000000001' }],
    ['walletId', { walletId: 'mine' }],
    ['providerId', { providerId: PROVIDER_WALLET }],
  ])('refuses an offer with a wrong %s', async (field, wrong) => {
    const refused = await call('POST', '/offers', 'provider', { ...offer, ...wrong });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('books with a wallet: 202 and the escrow to come', async () => {
    const booked = await book({ walletId: CLIENT_WALLET });
    expect(booked).toMatchObject({
      status: 202,
      body: { status: 'requested', durationHours: 2, total: '3', lock: null },
    });
    expect(booked.body['escrow']).toMatchObject({ lockTransaction: null, releaseTransaction: null });

    const again = { durationHours: 1, walletId: CLIENT_WALLET };
    const taken = await call('POST', `/offers/${booked.body['offerId']}/bookings`, 'client', again);
    expect(taken).toMatchObject({ status: 409, body: { code: 'marketplace.offer_unavailable' } });
    const absent = await call('POST', `/offers/${CLIENT_WALLET}/bookings`, 'client', again);
    expect(absent).toMatchObject({ status: 404, body: { code: 'marketplace.offer_not_found' } });
  });

  it('books with an address of its own: 202 and the transaction to send', async () => {
    const booked = await book({ clientAddress: STRANGER_ADDRESS.toLowerCase(), proof: await market.prove() });
    expect(booked).toMatchObject({
      status: 202,
      body: { clientAddress: STRANGER_ADDRESS, lock: { value: '3000000000000000000', chainId: 7733 } },
    });
    const unpaid = await book({});
    expect(unpaid).toMatchObject({ status: 400, body: { errors: [{ field: 'walletId' }] } });
  });

  it('cancels, completes, disputes and decides', async () => {
    const active = async () => (await market.active()).id;
    const cancelled = await call('POST', `/bookings/${await active()}/cancel`, 'client');
    expect(cancelled).toMatchObject({ status: 200, body: { status: 'settling' } });
    const completed = await call('POST', `/bookings/${await active()}/complete`, 'client');
    expect(completed).toMatchObject({ status: 200, body: { status: 'settling' } });

    const id = await active();
    const disputed = await call('POST', `/bookings/${id}/dispute`, 'provider', { reason: 'it mined coins' });
    expect(disputed).toMatchObject({ status: 200, body: { dispute: { by: 'provider', reason: 'it mined coins' } } });
    expect(await call('POST', `/bookings/${id}/complete`, 'client')).toMatchObject({ status: 409 });
    const decision = { providerGross: '0.75' };
    const decided = await call('POST', `/admin/bookings/${id}/decision`, 'operator', decision);
    expect(decided).toMatchObject({ status: 200, body: { status: 'settling' } });
    expect(market.settlements(id)).toMatchObject([{ providerGross: 750_000_000_000_000_000n }]);
  });

  it('lists the bookings of a status', async () => {
    const { id } = await market.funded();
    market.clock.advance(HOUR / 60);
    const page = await call('GET', '/bookings?status=funded&limit=1', 'client');
    expect(page).toMatchObject({ status: 200, body: { items: [{ id, status: 'funded', total: '6' }] } });
  });

  it('documents every operation with a summary, an answer and an example of each field', () => {
    const document = buildOpenApi(http, { title: 'marketplace', description: '', version: '1' });
    const operations = [...operationsOf(document)];
    expect(operations).toHaveLength(18);
    for (const [method, path, { summary, responses }] of operations) {
      expect(summary, `${method} ${path}`).toBeTruthy();
      expect(
        Object.keys(responses).some((status) => status.startsWith('2')),
        `${method} ${path}`,
      ).toBe(true);
    }
    const shapes = Object.entries(document.components!.schemas!).filter(([name]) => name !== 'Problem');
    for (const [name, shape] of shapes) {
      for (const [field, schema] of Object.entries('properties' in shape ? shape.properties! : {})) {
        const shown = ['$ref', 'anyOf', 'allOf', 'example', 'items'].some((key) => key in schema);
        expect(shown, `${name}.${field} has an example`).toBe(true);
      }
    }
  });
});
