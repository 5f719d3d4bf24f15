import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Distribution, runInRequest } from '@aitbc/modulith';
import { Dispatcher } from '@aitbc/modulith/bus/dispatcher.js';
import {
  AppConfig,
  configureHttp,
  createHttpAdapter,
  FixedClock,
  FlagProvider,
  Readiness,
  RecentTraces,
} from '@aitbc/platform';
import { switchFlag } from '@aitbc/platform/testing/switch-flag.js';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Cable } from '../test/support/cable.js';
import { startRedis } from '../test/support/redis-server.js';
import { AppModule } from './app.module.js';
import { canaryByFlag, FeatureFlags } from './feature-flags.js';
import { ClaimIdempotencyKey } from './gateway/contract/index.js';
import { ChangeFlag, CreateFlag } from './monitoring/contract/index.js';
import type { RedisServer } from './topology/redis-server.js';

const ADMIN = { email: 'root@example.org', password: 'staple of the correct horse' };
const ADA = { email: 'ada@example.org', password: 'correct horse battery' };
const SECOND = 1_000;

/** Processes of the whole application, each as far as one can be in the process of the test. */
class Processes {
  private readonly directory = mkdtempSync(join(tmpdir(), 'flags-'));
  private readonly running = new Set<NestFastifyApplication>();

  async start(modules: string, redisUrl: string): Promise<NestFastifyApplication> {
    const config = new AppConfig({
      NODE_ENV: 'test',
      MODULES: modules,
      REDIS_URL: redisUrl,
      DATA_DIR: this.directory,
      MONITORING_DATABASE_URL: `sqlite:${join(this.directory, 'monitoring.sqlite')}`,
      ADMIN_EMAIL: ADMIN.email,
      ADMIN_PASSWORD: ADMIN.password,
    });
    const module = await AppModule.host(config, new RecentTraces());
    const options = { logger: ['fatal' as const], abortOnError: false };
    const app = await NestFactory.create<NestFastifyApplication>(module, createHttpAdapter(), options);
    configureHttp(app, { openApi: { title: '', description: '', version: '' } });
    this.running.add(await app.init());
    return app;
  }

  async end(app: NestFastifyApplication): Promise<void> {
    this.running.delete(app);
    await app.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((app) => app.close()));
    rmSync(this.directory, { recursive: true, force: true });
  }
}

describe('the flags of several processes', { timeout: 60_000 }, () => {
  let redis: RedisServer;
  let cable: Cable;
  let processes: Processes;
  let monitoring: NestFastifyApplication;
  let gateway: NestFastifyApplication;
  let admin: string;
  let ada: string;

  beforeAll(async () => {
    redis = await startRedis();
    cable = await Cable.to(redis.port);
    processes = new Processes();
    gateway = await processes.start('gateway', cable.url);
  }, 60_000);
  afterAll(async () => {
    await processes?.close();
    await cable?.cut();
    await redis?.stop();
  });

  async function call(method: 'POST' | 'PATCH', url: string, token: string, payload: object) {
    const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'if-match': '*' };
    const answer = await gateway.inject({ method, url: `/v1${url}`, payload, headers });
    return { status: answer.statusCode, body: answer.json<Record<string, never>>() };
  }
  const tokenOf = async (url: string, whom: object) => (await call('POST', url, '', whom)).body['accessToken']!;
  /** What ada hears who wants to change something; 400 is what she hears when nothing is in the way. */
  const changing = async () => (await call('POST', '/wallets', ada, {})).body['code'];
  const within = (ms: number, expectation: () => unknown) => vi.waitFor(expectation, { timeout: ms, interval: 5 });
  const flagsOf = async (app: NestFastifyApplication) => {
    const { status, checks } = await app.get(Readiness, { strict: false }).report();
    return { status, ...checks.find(({ name }) => name === 'flags') };
  };
  const provider = (app: NestFastifyApplication) => app.get(FlagProvider, { strict: false });
  const readAgain = () => gateway.get(FeatureFlags, { strict: false }).handle();
  const maintain = (defaultVariant: 'on' | 'off') =>
    monitoring.get(CommandBus, { strict: false }).execute(ChangeFlag.of({ key: 'maintenance-mode', defaultVariant }));

  it('are the code’s defaults where monitoring has never been: the rest serves, and says so', async () => {
    admin = await tokenOf('/auth/login', ADMIN);
    ada = await tokenOf('/auth/register', ADA);
    expect(await changing()).toBe('validation_failed');
    expect(await flagsOf(gateway)).toMatchObject({
      status: 'degraded',
      ok: false,
      detail: expect.stringMatching(/^the defaults of the code are in force: .*"monitoring"/) as string,
    });
  });

  it('are those of monitoring soon after it has come', async () => {
    monitoring = await processes.start('monitoring', redis.url);
    expect(provider(monitoring).problem).toBeUndefined();
    await within(5 * SECOND, async () => expect((await flagsOf(gateway)).ok).toBe(true));
  });

  it('changed by an operator, are changed in every process within a second', async () => {
    const flag = { key: 'maintenance-mode', kind: 'boolean', defaultVariant: 'on' };
    expect((await call('POST', '/admin/flags', admin, flag)).status).toBe(201);
    await within(SECOND, async () => expect(await changing()).toBe('gateway.maintenance'));
    await within(SECOND, () => expect(provider(monitoring).evaluate('maintenance-mode', {})?.value).toBe(true));
    expect((await call('PATCH', '/admin/flags/maintenance-mode', admin, { enabled: false })).status).toBe(200);
    await within(SECOND, async () => expect(await changing()).toBe('validation_failed'));
    await call('PATCH', '/admin/flags/maintenance-mode', admin, { enabled: true });
    await within(SECOND, async () => expect(await changing()).toBe('gateway.maintenance'));
  });

  it('are there before the first request of a process that starts', async () => {
    const later = await processes.start('marketplace', redis.url);
    expect(provider(later).evaluate('maintenance-mode', {})?.value).toBe(true);
    await processes.end(later);
  });

  it('stay as they were in a process that lost Redis, which says how old they are, and are new when it is back', async () => {
    await cable.cut();
    await maintain('off');
    await readAgain();
    expect(await changing()).toBe('gateway.maintenance');
    expect(await flagsOf(gateway)).toMatchObject({
      status: 'degraded',
      ok: false,
      degraded: true,
      detail: expect.stringMatching(/^those of \d+ s ago are in force: /) as string,
    });
    await cable.mend();
    await within(10 * SECOND, async () => expect(await changing()).toBe('validation_failed'));
    await within(5 * SECOND, async () => expect((await flagsOf(gateway)).ok).toBe(true));
  });

  it('send the commands of a canary to the other process that hosts their module, changed under traffic and failing none', async () => {
    const other = await processes.start('gateway', redis.url);
    await within(5 * SECOND, () =>
      expect(gateway.get(Distribution, { strict: false }).hosting('gateway')).toHaveLength(2),
    );
    const receive = vi.spyOn(other.get(Dispatcher, { strict: false }), 'receive');
    // Monitoring asks the module its own questions meanwhile.
    const arrived = () => receive.mock.calls.filter(([type]) => type.wireName === 'gateway.ClaimIdempotencyKey').length;
    const failures: unknown[] = [];
    let [sent, goes] = [0, true];
    const lane = async (_: unknown, at: number) => {
      const caller = `lane-${at}`;
      for (let turn = 0; goes && failures.length === 0; turn++) {
        const command = ClaimIdempotencyKey.of({
          caller,
          operation: 'POST /',
          key: `${turn}`,
          bodyHash: 'ab'.repeat(32),
        });
        const principal = { subject: caller, roles: ['user'], scopes: [] };
        const execute = () => gateway.get(CommandBus, { strict: false }).execute(command);
        await runInRequest({ principal }, execute).then(
          () => (sent += 1),
          (error: unknown) => failures.push(error),
        );
      }
    };
    const lanes = Array.from({ length: 4 }, lane);
    /** The share of some of the next commands that the other process carries out; a lane each may be under way at both ends. */
    const shareThere = async () => {
      const [before, received] = [sent, arrived()];
      await within(10 * SECOND, () => expect(sent + failures.length).toBeGreaterThan(before + 60));
      return (arrived() - received) / (sent - before);
    };
    const command = monitoring.get(CommandBus, { strict: false });
    const key = 'canary-gateway';
    const inForce = (value: boolean | undefined) =>
      within(SECOND, () => expect(provider(gateway).evaluate(key, {})?.value).toBe(value));
    try {
      expect(await shareThere()).toBe(0);
      await command.execute(CreateFlag.of({ key, kind: 'boolean', defaultVariant: 'on' }));
      await inForce(true);
      await shareThere();
      expect(await shareThere()).toBeGreaterThan(0.85);
      await command.execute(ChangeFlag.of({ key, enabled: false }));
      await inForce(false);
      await shareThere();
      expect(await shareThere()).toBe(0);
    } finally {
      goes = false;
      await Promise.all(lanes);
    }
    expect(failures).toEqual([]);
    await processes.end(other);
  });

  it('stay as they were when monitoring ends, and nothing else ends with it', async () => {
    await maintain('on');
    await within(SECOND, async () => expect(await changing()).toBe('gateway.maintenance'));
    await processes.end(monitoring);
    await readAgain();
    expect(await changing()).toBe('gateway.maintenance');
    expect(await flagsOf(gateway)).toMatchObject({ status: 'degraded', ok: false });
    expect((await call('POST', '/auth/login', '', ADA)).status).toBe(200);
    expect((await call('POST', '/admin/flags', admin, {})).status).toBe(400);
    expect((await call('POST', '/admin/flags', admin, { key: 'x', kind: 'boolean' })).body['code']).toBe(
      'module_unavailable',
    );
  });
});

describe('the flag of a canary', () => {
  const provider = new FlagProvider(new FixedClock());
  const goes = canaryByFlag(provider);
  const user = (subject: string, ...roles: string[]) => ({
    module: 'marketplace',
    stickyKey: 'offer-1',
    principal: { subject, roles, scopes: [] },
  });

  it('leaves it to the stored share where there is none', () => {
    expect(goes(user('ada'))).toBeUndefined();
  });

  it('sends whom it says, and nobody when it is switched off', () => {
    const flag = switchFlag('canary-marketplace', {
      allow: ['ada'],
      allowVariant: 'on',
      rules: [{ conditions: [{ attribute: 'roles', operator: 'equals', values: ['operator'] }], variant: 'on' }],
    });
    provider.replace([flag], 1);
    expect([goes(user('ada')), goes(user('bob')), goes(user('bob', 'operator'))]).toEqual([true, false, true]);
    expect(goes({ ...user('ada'), module: 'wallet' })).toBeUndefined();
    provider.replace([{ ...flag, enabled: false, version: 2 }], 2);
    expect(goes(user('ada'))).toBe(false);
  });

  it('sends the commands of one user one way, and those of no user by what they are about', () => {
    provider.replace(
      [switchFlag('canary-marketplace', { rules: [{ conditions: [], variant: 'on', percentage: 50 }] })],
      3,
    );
    const ways = (ask: (at: number) => Parameters<typeof goes>[0]) =>
      new Set(Array.from({ length: 40 }, (_, at) => goes(ask(at))));
    expect(ways((at) => ({ ...user('ada'), stickyKey: `offer-${at}` })).size).toBe(1);
    expect(ways((at) => user(`user-${at}`)).size).toBe(2);
    const about = (stickyKey: string) => ({ module: 'marketplace', stickyKey });
    expect(ways(() => about('offer-1')).size).toBe(1);
    expect(ways((at) => about(`offer-${at}`)).size).toBe(2);
  });
});
