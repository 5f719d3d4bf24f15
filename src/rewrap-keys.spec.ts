import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Runtime } from '@aitbc/modulith';
import { AppConfig } from '@aitbc/platform';
import { Secret, TOTP } from 'otpauth';
import { PASSWORD, type Session, TestGateway } from './gateway/testing/start-gateway.js';
import { rewrapKeys } from './rewrap-keys.js';
import { masterKeys, keystoreOf } from './wallet/keystore/vault.js';
import { WalletWorld, someone } from './wallet/testing/wallet-world.js';

const [OLD, NEW] = ['33'.repeat(32), '44'.repeat(32)];

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
