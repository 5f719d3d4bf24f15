import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ContractRegistry, dataSourceOptions, Runtime } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig } from '@aitbc/platform';
import { Secret, TOTP } from 'otpauth';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { PASSWORD, type Session, TestGateway } from './gateway/testing/start-gateway.js';
import { WebhookAccess } from './monitoring/contract/index.js';
import { modules } from './modules.js';
import { monitoringDatabase } from './monitoring/database.js';
import { startMonitoring } from './monitoring/testing/start-monitoring.js';
import { rewrapKeys } from './rewrap-keys.js';
import { masterKeys, keystoreOf } from './wallet/keystore/vault.js';
import { WalletWorld, someone } from './wallet/testing/wallet-world.js';

const [OLD, NEW] = ['33'.repeat(32), '44'.repeat(32)];
const contracts = modules.map(({ contract }) => contract);

describe('keys that are replaced', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rewrap-'));
  const url = (name: string) => `sqlite:${join(directory, name)}.sqlite`;
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  it('open what is stored in the gateway before and after it is sealed again, and nobody is signed out', async () => {
    const gatewayUnder = (environment: Record<string, string>) =>
      TestGateway.start({ databaseUrl: url('gateway'), environment });
    let gateway = await gatewayUnder({ JWT_SECRET: OLD });
    const { accessToken } = await gateway.register('ada@example.org');
    const post = (path: string, body: object, token: string) =>
      gateway.post(`/v1/auth/second-factor/${path}`, body, { token });
    const { secret } = (await post('totp', { password: PASSWORD }, accessToken)).json<{ secret: string }>();
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => totp.generate({ timestamp: gateway.clock.now().getTime() });
    const { session } = (await post('totp/confirm', { code: code() }, accessToken)).json<{ session: Session }>();
    await gateway.close();

    const rotating = { JWT_SECRET: NEW, JWT_SECRET_PREVIOUS: OLD };
    gateway = await gatewayUnder(rotating);
    expect((await gateway.get('/v1/auth/me', { token: session.accessToken })).statusCode).toBe(200);
    gateway.clock.advance(30_000);
    const login = () => gateway.post('/v1/auth/login', { email: 'ada@example.org', password: PASSWORD, code: code() });
    expect((await login()).statusCode).toBe(200);
    await gateway.close();

    const config = new AppConfig({
      NODE_ENV: 'test',
      MODULES: 'gateway',
      REDIS_URL: 'redis://localhost',
      DATABASE_URL: url('gateway'),
      ...rotating,
    });
    const { report, isComplete } = await rewrapKeys(config);
    expect([report[0], isComplete]).toEqual([
      'gateway_second_factors.sealed_secret: 1 sealed again, 0 unreadable',
      true,
    ]);
    expect((await rewrapKeys(config)).report[0]).toContain(': 0 sealed again');

    gateway = await gatewayUnder({ JWT_SECRET: NEW });
    expect((await gateway.get('/v1/auth/me', { token: session.accessToken })).statusCode).toBe(401);
    gateway.clock.advance(60_000);
    expect((await login()).statusCode).toBe(200);
    await gateway.close();
  });

  it('open a wallet under the new master key alone once its keystore is sealed again', async () => {
    const world = await WalletWorld.start(url('wallet'));
    const { id } = await world.wallet(someone());
    await world.app.settled();
    const WALLET = { NODE_ENV: 'test', MODULES: 'wallet', REDIS_URL: 'redis://localhost', DATABASE_URL: url('wallet') };
    // The world's master key.
    const config = new AppConfig({ ...WALLET, WALLET_MASTER_KEY: NEW, WALLET_MASTER_KEY_PREVIOUS: OLD });
    const { report, isComplete } = await rewrapKeys(config);
    expect([report.slice(0, 2), isComplete]).toEqual([
      [
        'wallet_wallets.keystore: 1 sealed again, 0 unreadable',
        'wallet_sessions.wrapped_key: 1 sealed again, 0 unreadable',
      ],
      true,
    ]);
    const read = world.app.get(Runtime).module('wallet')!.database;
    const [row] = await read.read<{ keystore: string }>(`SELECT keystore FROM wallet_wallets WHERE id = '${id}'`);
    expect(masterKeys([NEW]).open(row!.keystore, keystoreOf(id)).toString()).toContain('crypto');
    expect(() => masterKeys([OLD]).open(row!.keystore, keystoreOf(id))).toThrow();

    const foreign = new AppConfig({ ...WALLET, WALLET_MASTER_KEY: '55'.repeat(32) });
    expect(await rewrapKeys(foreign)).toMatchObject({ isComplete: false });
    await world.app.close();
  });
});

describeEachDatabase('messages that are stored, and channels of alerts', (url) => {
  it('open under the new secret alone once they are sealed again', async () => {
    const monitoring = await startMonitoring({ databaseUrl: url() });
    await monitoring.close();
    const access = WebhookAccess.of({
      url: 'https://example.org/hook',
      secret: 'a secret of ours',
      authorization: null,
    });
    const codecUnder = (secret: string) => new ContractRegistry(contracts, secret).codec;
    const payload = codecUnder(OLD).encode(access);
    expect(payload).not.toContain('a secret of ours');
    const source = await new DataSource(dataSourceOptions(monitoringDatabase, url())).initialize();
    try {
      const message = { message_id: uuidv7(), name: 'monitoring.Sample', key: 'k', payload, metadata: '{}' };
      const lead = { ...message, id: uuidv7(), handler: 'Sample', state: 'waiting', attempts: 1, created_at: 1 };
      const rows = {
        monitoring_outbox: { ...message, target: 'monitoring', published_at: 1 },
        monitoring_dead_letters: { ...lead, error_code: 'x', error_message: 'x' },
        monitoring_alert_channels: {
          name: 'hook',
          kind: 'webhook',
          target: 'x',
          access: payload,
          signed: true,
          enabled: true,
          updatedAt: new Date(1),
        },
      };
      for (const [table, row] of Object.entries(rows)) {
        await source.createQueryBuilder().insert().into(table).values(row).execute();
      }
      const MODULES = { NODE_ENV: 'test', MODULES: 'monitoring', REDIS_URL: 'redis://localhost', DATABASE_URL: url() };
      const config = new AppConfig({ ...MODULES, MODULITH_SECRET: NEW, MODULITH_SECRET_PREVIOUS: OLD });
      expect(await rewrapKeys(config)).toEqual({
        report: [
          'monitoring_alert_channels.access: 1 sealed again, 0 unreadable',
          'monitoring_dead_letters.payload: 1 sealed again, 0 unreadable',
          'monitoring_outbox.payload: 1 sealed again, 0 unreadable',
        ],
        isComplete: true,
      });
      for (const [table, row] of Object.entries(rows)) {
        const column = 'access' in row ? 'access' : 'payload';
        const [stored] = await source.query<{ sealed: string }[]>(`SELECT ${column} AS sealed FROM ${table}`);
        expect(codecUnder(NEW).decode(stored!.sealed), table).toEqual(access);
        expect(() => codecUnder(OLD).decode(stored!.sealed), table).toThrow();
      }
    } finally {
      await source.destroy();
    }
  });
});
