import { ModulithModule, type Principal, runInRequest } from '@aitbc/modulith';
import { buildOpenApi, configureHttp, createHttpAdapter, operationsOf } from '@aitbc/platform';
import type { CallHandler, ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Observable } from 'rxjs';
import { agentsContract } from '../../agents/contract/index.js';
import { gatewayContract } from '../../gateway/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../contract/index.js';
import { PASSWORD, someone, WalletWorld } from '../testing/wallet-world.js';
import { WalletHttpModule } from './wallet-http.module.js';

const OTHER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';

/** The controllers in an application of their own, in front of a wallet module elsewhere. */
async function startHttp(world: WalletWorld, principal: Principal): Promise<NestFastifyApplication> {
  const module = await Test.createTestingModule({
    imports: [
      ModulithModule.forRoot({
        contracts: [walletContract, marketplaceContract, agentsContract, blockchainContract, gatewayContract],
        hosted: [],
        databaseUrl: () => '',
        secret: 'scenario',
        parity: 'strict',
        remote: {
          send: ({ kind }, message, { principal: as }) =>
            kind === 'query' ? world.app.ask(message, { as }) : world.app.execute(message, { as }),
          deliver: () => Promise.resolve(),
          isReachable: () => true,
        },
      }),
      WalletHttpModule,
    ],
  }).compile();
  const http = module.createNestApplication<NestFastifyApplication>(createHttpAdapter());
  configureHttp(http);
  http.useGlobalInterceptors({
    intercept: (_: ExecutionContext, next: CallHandler) =>
      new Observable((observer) => runInRequest({ principal }, () => next.handle().subscribe(observer))),
  });
  return http.init();
}

const OTHERS = '019a0000-0000-7000-8000-000000000001';

describe('wallets over HTTP', () => {
  const owner = someone();
  let world: WalletWorld;
  let http: NestFastifyApplication;
  let id: string;

  beforeAll(async () => {
    world = await WalletWorld.start();
    http = await startHttp(world, owner);
    ({ id } = await world.wallet(owner, 100n));
  });
  afterAll(async () => {
    await http?.close();
    await world?.app.close();
  });

  async function call(method: 'GET' | 'POST', path: string, payload?: object) {
    const answer = await http.inject({ method, url: `/v1/wallets${path}`, payload });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json<Record<string, unknown>>() };
  }

  it('creates: 201 with the mnemonic this once', async () => {
    const created = await call('POST', '', { name: 'Savings', password: PASSWORD });
    expect(created).toMatchObject({ status: 201, body: { name: 'Savings' } });
    expect(String(created.body!['mnemonic']).split(' ')).toHaveLength(12);
    const read = await call('GET', `/${String(created.body!['id'])}`);
    expect(read).toMatchObject({ status: 200, body: { balance: '0', unlockedUntil: null } });
    expect(read.body).not.toHaveProperty('mnemonic');
  });

  it('unlocks: 200, and 403 with its code for a wrong password', async () => {
    expect(await call('POST', `/${id}/unlock`, { password: PASSWORD, ttlSeconds: 60 })).toMatchObject({
      status: 200,
      body: { unlockedUntil: new Date(world.clock.now().getTime() + 60_000).toISOString() },
    });
    expect(await call('POST', `/${id}/unlock`, { password: 'wrong' })).toMatchObject({
      status: 403,
      body: { code: 'wallet.wrong_password' },
    });
  });

  it('sends: 202 with amounts of AIT as text; too little 422, locked 409, absent 404', async () => {
    const sent = await call('POST', `/${id}/transfers`, { to: OTHER.toLowerCase(), amount: '1.5' });
    expect(sent).toMatchObject({ status: 202, body: { to: OTHER, amount: '1.5', status: 'signed', kind: 'transfer' } });
    await world.block();
    expect((await call('GET', `/${id}/transfers`)).body).toMatchObject({
      items: [{ status: 'confirmed' }],
      nextCursor: null,
    });
    const ledger = await call('GET', `/${id}/ledger?limit=1`);
    expect(ledger).toMatchObject({
      status: 200,
      body: { items: [{ kind: 'transfer', amount: '-1.5', counterparty: OTHER }] },
    });
    expect(await call('GET', `/${id}/ledger?limit=1&cursor=${String(ledger.body!['nextCursor'])}`)).toMatchObject({
      body: { items: [{ kind: 'fee' }] },
    });
    const at = String((ledger.body!['items'] as { at: string }[])[0]!.at);
    const itemsOf = async (span: string) => (await call('GET', `/${id}/ledger?${span}`)).body!['items'] as object[];
    expect(await itemsOf(`from=${at}`)).toMatchObject([{ kind: 'transfer' }, { kind: 'fee' }, {}]);
    expect(await itemsOf(`to=${at}`)).toEqual([]);
    expect(await itemsOf('from=2026-01-01T00:00:02Z')).toEqual([]);
    const csv = await http.inject({ method: 'GET', url: `/v1/wallets/${id}/ledger.csv?from=${at}` });
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')).toEqual([
      'sequence,at,kind,amount,balance,counterparty,transactionHash,bookingId,blockNumber',
      expect.stringMatching(new RegExp(`^3,${at},transfer,-1\\.5,[\\d.]+,${OTHER},0x[0-9a-f]{64},,\\d+$`)),
      expect.stringMatching(/^2,.*,fee,-0\.\d+,[\d.]+,,0x[0-9a-f]{64},,\d+$/),
      `1,${at},opening,100,100,,,,1`,
      '',
    ]);
    const absent = await http.inject({ method: 'GET', url: `/v1/wallets/${OTHERS}/ledger.csv` });
    expect([absent.statusCode, absent.json<{ code: string }>().code]).toEqual([404, 'wallet.not_found']);
    const tooMuch = await call('POST', `/${id}/transfers`, { to: OTHER, amount: '1000' });
    expect(tooMuch).toMatchObject({ status: 422, body: { code: 'wallet.insufficient_funds' } });
    expect(await call('POST', `/${id}/lock`)).toEqual({ status: 204, body: undefined });
    const locked = await call('POST', `/${id}/transfers`, { to: OTHER, amount: '1' });
    expect(locked).toMatchObject({ status: 409, body: { code: 'wallet.locked' } });
    expect(await call('GET', '/019a0000-0000-7000-8000-000000000001')).toMatchObject({
      status: 404,
      body: { code: 'wallet.not_found' },
    });
  });

  it('asks the faucet: 202 with the transaction', async () => {
    const given = await call('POST', `/${id}/faucet`);
    expect(given).toMatchObject({ status: 202, body: { transactionHash: expect.stringMatching(/^0x[0-9a-f]{64}$/) } });
  });

  it.each([
    ['name', '', { name: '', password: PASSWORD }],
    ['name', '', { name: 'tab\there', password: PASSWORD }],
    ['password', '', { name: 'a', password: 'short' }],
    ['password', '', { name: 'a', password: 'Passw0rd2024!' }],
    ['owner', '', { name: 'a', password: PASSWORD, owner: 'me' }],
    ['ttlSeconds', '/019a0000-0000-7000-8000-000000000001/unlock', { password: 'x', ttlSeconds: 0 }],
    ['amount', '/019a0000-0000-7000-8000-000000000001/transfers', { to: OTHER, amount: '0' }],
    ['amount', '/019a0000-0000-7000-8000-000000000001/transfers', { to: OTHER, amount: 1 }],
    ['to', '/019a0000-0000-7000-8000-000000000001/transfers', { to: OTHER.replace('C', 'c'), amount: '1' }],
    ['id', '/mine/transfers', { to: OTHER, amount: '1' }],
  ])('refuses a wrong %s and names it', async (field, path, body) => {
    expect(await call('POST', path, body)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  it('documents each of its operations with a summary and an answer', () => {
    const operations = [...operationsOf(buildOpenApi(http, { title: 'wallet', description: '', version: '1' }))];
    expect(operations).toHaveLength(10);
    for (const [method, path, { summary, responses }] of operations) {
      expect(summary, `${method} ${path}`).toBeTruthy();
      expect(Object.keys(responses), `${method} ${path}`).toContainEqual(expect.stringMatching(/^2/));
    }
  });
});
