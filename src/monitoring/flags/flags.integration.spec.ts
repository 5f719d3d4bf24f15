import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Contract, ModuleUnavailable, ModulithModule } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import {
  AppConfig,
  configureHttp,
  createHttpAdapter,
  FixedClock,
  FlagProvider,
  FlagsModule,
  PlatformModule,
  ProbesModule,
} from '@aitbc/platform';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { agentsContract } from '../../agents/contract/index.js';
import { blockchainContract } from '../../blockchain/contract/index.js';
import { gatewayContract, GetUser, UserView } from '../../gateway/contract/index.js';
import { marketplaceContract } from '../../marketplace/contract/index.js';
import { walletContract } from '../../wallet/contract/index.js';
import {
  type FeedPageView,
  FlagsChanged,
  type FlagSnapshotView,
  GetFlagSnapshot,
  MonitoringAudited,
  monitoringContract,
  OPERATORS,
  ReadFeed,
} from '../contract/index.js';
import { MonitoringHttpModule } from '../http/monitoring-http.module.js';
import { MonitoringModule } from '../monitoring.module.js';

const ADA = '01914b7a-2f60-7000-8000-0000000000ad';
const contracts: readonly Contract[] = [
  agentsContract,
  blockchainContract,
  gatewayContract,
  marketplaceContract,
  monitoringContract,
  walletContract,
];

@EventsHandler(FlagsChanged)
class Told implements IEventHandler<FlagsChanged> {
  static times = 0;
  handle(): void {
    Told.times += 1;
  }
}

/** Monitoring on a real database, with its routes in a separate application. */
async function start(databaseUrl: string) {
  const dataDir = mkdtempSync(join(tmpdir(), 'flags-'));
  const clock = new FixedClock();
  const platform = PlatformModule.forRoot(new AppConfig({ NODE_ENV: 'test', DATA_DIR: dataDir }), clock);
  const monitoring = await Scenario.start({
    modules: [MonitoringModule],
    contracts,
    databaseUrl,
    placement: 'monolith',
    imports: [platform, ProbesModule],
    providers: [Told],
  });
  const module = await Test.createTestingModule({
    imports: [
      ModulithModule.forRoot({
        contracts,
        hosted: [],
        databaseUrl: () => '',
        secret: 'scenario',
        parity: 'strict',
        remote: {
          send: ({ kind }, message) => (kind === 'query' ? monitoring.ask(message) : monitoring.execute(message)),
          deliver: () => Promise.resolve(),
          isReachable: () => true,
        },
      }),
      platform,
      FlagsModule.forRoot(new FlagProvider(clock)),
      MonitoringHttpModule,
    ],
  }).compile();
  const http = module.createNestApplication<NestFastifyApplication>(createHttpAdapter());
  configureHttp(http);
  await http.init();
  const close = async () => {
    await http.close();
    await monitoring.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { monitoring, http, clock, close };
}

type Method = 'GET' | 'POST' | 'PATCH';

describeEachDatabase('the flags of an operator', (url) => {
  let app: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    app = await start(url());
  });
  afterAll(() => app?.close());

  async function call(method: Method, path: string, payload?: object, ifMatch?: string) {
    const headers = ifMatch === undefined ? {} : { 'if-match': ifMatch };
    const answer = await app.http.inject({ method, url: `/v1/admin/flags${path}`, payload, headers });
    const body = answer.json<Record<string, never>>();
    return { status: answer.statusCode, etag: answer.headers['etag'], body };
  }
  const create = (key: string, settings: object = {}) => call('POST', '', { key, kind: 'boolean', ...settings });
  const change = (key: string, settings: object, ifMatch = '*') => call('PATCH', `/${key}`, settings, ifMatch);
  const archive = (key: string, ifMatch = '*') => call('POST', `/${key}/archive`, undefined, ifMatch);
  const evaluate = (key: string, whom: object = {}) => call('POST', `/${key}/evaluation`, whom);
  const audited = (key: string) =>
    app.monitoring.published(MonitoringAudited).filter(({ resource }) => resource === `monitoring.flag ${key}`);
  const snapshot = (known?: number) => app.monitoring.ask<FlagSnapshotView>(GetFlagSnapshot.of({ known }));

  it('are there before anybody has set them, with what the code does', async () => {
    const { body } = await call('GET', '');
    const flags = body as unknown as { key: string; state: string; defaultVariant: string }[];
    expect(flags).toContainEqual(
      expect.objectContaining({ key: 'registration-open', state: 'declared', defaultVariant: 'on', version: 0 }),
    );
    expect(flags.map(({ key }) => key)).toEqual(expect.arrayContaining(['maintenance-mode', 'canary-wallet']));
    expect((await call('GET', '/maintenance-mode')).body).toMatchObject({ state: 'declared', isDeclared: true });
    expect(await evaluate('registration-open')).toMatchObject({
      status: 200,
      body: { value: true, variant: null, cause: 'not_stored' },
    });
  });

  it('are created, changed and archived; each step is told to everybody and audited with before and after', async () => {
    const told = Told.times;
    expect(await create('faucet-enabled')).toMatchObject({
      status: 201,
      etag: '"1"',
      body: { defaultVariant: 'on', variants: { on: true, off: false }, state: 'stored' },
    });
    app.clock.advance(1000);
    expect(await change('faucet-enabled', { enabled: false }, '"1"')).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { enabled: false, defaultVariant: 'on', changedAt: app.clock.now().toISOString() },
    });
    // A repeated change is a no-op: the version stays, and no message is sent.
    expect(await change('faucet-enabled', { enabled: false }, '"2"')).toMatchObject({ status: 200, etag: '"2"' });
    expect(await archive('faucet-enabled', '"2"')).toMatchObject({ status: 200, body: { state: 'archived' } });
    expect(Told.times - told).toBe(3);
    const [created, changed, archived, ...rest] = audited('faucet-enabled');
    expect(rest).toEqual([]);
    expect(created).toMatchObject({ action: 'create', after: { enabled: true, defaultVariant: 'on' } });
    expect(created!.before).toBeUndefined();
    expect(changed).toMatchObject({ action: 'change', before: { enabled: true }, after: { enabled: false } });
    expect(archived).toMatchObject({ action: 'archive', before: { enabled: false } });
    expect(archived!.after).toBeUndefined();
    const seen = await app.monitoring.ask<FeedPageView>(ReadFeed.of({ audiences: [OPERATORS], after: 0, limit: 100 }));
    expect(seen.entries.map(({ data }) => JSON.parse(data) as unknown)).toMatchObject(
      ['create', 'change', 'archive'].map((action) => ({ resource: 'monitoring.flag faucet-enabled', action })),
    );
  });

  it('with long lists are audited with what was added to them and removed', async () => {
    const users = Array.from({ length: 250 }, (_, at) => `01914b7a-2f60-7000-8000-${String(at).padStart(12, '0')}`);
    const [first, ...others] = users;
    await create('listed', { allowVariant: 'on' });
    await change('listed', { allow: users, deny: ['eve'] });
    await change('listed', { allow: [...others, 'ada'], deny: [] });
    const { before, after } = audited('listed').at(-1)!;
    expect(before).toEqual({ allow: { removed: [first] }, deny: { removed: ['eve'] } });
    expect(after).toEqual({ allow: { added: ['ada'] }, deny: { added: [] } });
  });

  it('are limits too, which begin with the number that the code has', async () => {
    const variants = { default: 1000 };
    const shown = { kind: 'number', variants, defaultVariant: 'default', isDeclared: true };
    expect((await call('GET', '/limit-offers-per-user')).body).toMatchObject({ ...shown, state: 'declared' });
    expect((await evaluate('limit-offers-per-user')).body).toMatchObject({ value: 1000, cause: 'not_stored' });
    expect(await create('limit-offers-per-user', { kind: 'number' })).toMatchObject({ status: 201, body: shown });
    await change('limit-offers-per-user', { variants: { default: 1000, few: 2 }, defaultVariant: 'few' });
    expect((await evaluate('limit-offers-per-user')).body).toMatchObject({ value: 2, variant: 'few' });
    await archive('limit-offers-per-user');
  });

  it('that are archived are out of service, refuse changes, and leave their key to a new one of a later version', async () => {
    await create('again', { defaultVariant: 'on' });
    await archive('again');
    const listed = async (query: string) => JSON.stringify((await call('GET', query)).body).includes('"again"');
    expect([await listed(''), await listed('?archived=true')]).toEqual([false, true]);
    expect((await snapshot()).flags!.map(({ key }) => key)).not.toContain('again');
    expect(await change('again', { enabled: false })).toMatchObject({
      status: 409,
      body: { code: 'monitoring.flag_archived' },
    });
    expect((await evaluate('again')).body).toMatchObject({ code: 'monitoring.flag_not_found' });
    expect(await create('again')).toMatchObject({ status: 201, etag: '"3"', body: { defaultVariant: 'off' } });
    expect(await create('again')).toMatchObject({ status: 409, body: { code: 'monitoring.flag_exists' } });
  });

  it.each<[string | undefined, number, string]>([
    [undefined, 428, 'precondition_required'],
    ['"2"', 412, 'monitoring.flag_changed'],
    ['W/"1"', 412, 'monitoring.flag_changed'],
    ['"one"', 412, 'monitoring.flag_changed'],
    ['1', 400, 'validation_failed'],
    ['"1', 400, 'validation_failed'],
  ])('refuse a change with If-Match %s: %i', async (ifMatch, status, code) => {
    await create('matched');
    const refused = await call('PATCH', '/matched', { enabled: false }, ifMatch);
    expect(refused).toMatchObject({ status, body: { code } });
    expect((await call('GET', '/matched')).body).toMatchObject({ enabled: true, version: 1 });
  });

  it('take a change that names one of several versions, or any', async () => {
    await create('several');
    expect((await change('several', { salt: 'a' }, '"7", "1"')).status).toBe(200);
    expect((await change('several', { salt: 'b' }, '*')).etag).toBe('"3"');
  });

  it('changed by ten at once are changed by the first of them', async () => {
    await create('raced');
    const salts = Array.from({ length: 10 }, (_, at) => `s${at}`);
    const answers = await Promise.all(salts.map((salt) => change('raced', { salt }, '"1"')));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(412)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect((await call('GET', '/raced')).body).toMatchObject({ salt: salts[winner], version: 2 });
    expect(audited('raced')).toHaveLength(2);
  });

  it('created twice at once are created once', async () => {
    const answers = await Promise.all([create('twin'), create('twin')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  });

  const rule = (more: object) => ({ rules: [{ conditions: [], variant: 'on', ...more }] });
  const condition = (more: object) =>
    rule({
      conditions: [
        { attribute: 'a', operator: 'in', values: ['x'] },
        { attribute: 'b', operator: 'equals', values: [1], ...more },
      ],
    });

  it.each<[string, object]>([
    ['key', { key: 'No Key' }],
    ['kind', { kind: 'colour' }],
    ['kind', { key: 'limit-offers-per-user', kind: 'boolean' }],
    [
      'variants.few',
      {
        key: 'limit-offers-per-user',
        kind: 'number',
        variants: { few: 1.5 },
        offVariant: 'few',
        defaultVariant: 'few',
      },
    ],
    [
      'variants.few',
      {
        key: 'limit-offers-per-user',
        kind: 'number',
        variants: { few: '3' },
        offVariant: 'few',
        defaultVariant: 'few',
      },
    ],
    ['kind', { key: 'maintenance-mode', kind: 'string', variants: { a: 'x' }, offVariant: 'a', defaultVariant: 'a' }],
    ['variants', { kind: 'string' }],
    ['variants', { variants: [] }],
    ['variants', { variants: { 'no name': true } }],
    ['variants.on', { variants: { on: 'yes', off: false } }],
    ['variants.off', { kind: 'object', variants: { on: [], off: null } }],
    ['offVariant', { offVariant: 'of' }],
    ['defaultVariant', { defaultVariant: 'toString' }],
    ['allowVariant', { allow: ['ada'] }],
    ['allow', { allow: ['ada', 'ada'], allowVariant: 'on' }],
    ['deny', { deny: Array.from({ length: 501 }, (_, at) => `u${at}`) }],
    ['enabled', { enabled: null }],
    ['endsAt', { startsAt: '2026-05-02T00:00:00Z', endsAt: '2026-05-01T00:00:00Z' }],
    ['startsAt', { startsAt: 'soon' }],
    ['rules.0.variant', rule({ variant: 'onn' })],
    ['rules.0.percentage', rule({ percentage: 100.01 })],
    ['rules.0.percentage', rule({ percentage: 0.001 })],
    ['rules.0.share', rule({ share: 5 })],
    ['rules.0.conditions', rule({ conditions: {} })],
    ['rules.0.conditions.1.operator', condition({ operator: 'matches' })],
    ['rules.0.conditions.1.attribute', condition({ attribute: '' })],
    ['rules.0.conditions.1.values', condition({ values: [] })],
    ['rules.0.conditions.1.values', condition({ values: [1, 2] })],
    ['rules.0.conditions.1.values', condition({ values: [{}] })],
    ['rules.0.conditions.1.values', condition({ operator: 'at_least', values: ['18'] })],
    ['rules.0.conditions.1.values', condition({ operator: 'starts_with', values: [1] })],
    ['prerequisites.0.flag', { prerequisites: [{ flag: 'nobody', variant: 'on' }] }],
    ['prerequisites.0.flag', { prerequisites: [{ flag: 'malformed', variant: 'on' }] }],
    ['surprise', { surprise: 1 }],
  ])('that make no sense are refused, naming %s: %j', async (field, settings) => {
    const refused = await create('malformed', settings);
    expect(refused).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
    const { errors } = refused.body as unknown as { errors: { field: string }[] };
    expect(errors.map((each) => each.field)).toContain(field);
  });

  it('name a prerequisite that is there and does not lead back, and keep what others need', async () => {
    await create('base');
    await create('middle', { prerequisites: [{ flag: 'base', variant: 'on' }] });
    await create('top', { prerequisites: [{ flag: 'middle', variant: 'on' }] });
    const fieldsOf = async (refused: ReturnType<typeof call>) =>
      ((await refused).body as unknown as { errors: { field: string }[] }).errors.map(({ field }) => field);
    expect(await fieldsOf(change('base', { prerequisites: [{ flag: 'top', variant: 'on' }] }))).toEqual([
      'prerequisites.0.flag',
    ]);
    expect(await fieldsOf(change('top', { prerequisites: [{ flag: 'base', variant: 'red' }] }))).toEqual([
      'prerequisites.0.variant',
    ]);
    const renamed = { variants: { yes: true, off: false }, defaultVariant: 'yes' };
    expect(await fieldsOf(change('middle', renamed))).toEqual(['variants']);
    expect(await archive('base')).toMatchObject({
      status: 409,
      body: { code: 'monitoring.flag_needed', details: { by: ['middle'] } },
    });
  });

  it('that would each need the other, changed at once, do not', async () => {
    await Promise.all([create('left'), create('right')]);
    const needs = (key: string) => ({ prerequisites: [{ flag: key, variant: 'on' }] });
    const answers = await Promise.all([change('left', needs('right')), change('right', needs('left'))]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
  });

  it('have a size', async () => {
    const variants = { on: 'x'.repeat(70_000), off: '' };
    const large = await create('large', { kind: 'string', variants, offVariant: 'off', defaultVariant: 'on' });
    expect(large).toMatchObject({ status: 413, body: { code: 'monitoring.flag_too_large' } });
  });

  it('tell what somebody would get, and why, with the roles that the gateway knows', async () => {
    app.monitoring.stub(GetUser, ({ userId }) =>
      UserView.of({
        id: userId,
        email: 'ada@example.org',
        roles: ['user', 'operator'],
        createdAt: new Date(0),
        emailVerified: true,
        secondFactor: false,
      }),
    );
    await create('told', {
      rules: [
        {
          name: 'operators',
          conditions: [{ attribute: 'roles', operator: 'in', values: ['operator'] }],
          variant: 'on',
        },
        {
          conditions: [{ attribute: 'module', operator: 'equals', values: ['wallet'] }],
          variant: 'on',
          percentage: 100,
        },
      ],
    });
    expect((await evaluate('told', { targetingKey: ADA })).body).toEqual({
      key: 'told',
      value: true,
      variant: 'on',
      reason: 'TARGETING_MATCH',
      cause: 'rule',
      rule: 0,
      version: 1,
      context: { targetingKey: ADA, roles: ['user', 'operator'], scopes: [] },
    });
    const inWallet = { attributes: { module: 'wallet' } };
    expect((await evaluate('told', inWallet)).body).toMatchObject({ value: false, cause: 'no_targeting_key', rule: 1 });
    const asUser = { targetingKey: 'ada', roles: ['user'], ...inWallet };
    expect((await evaluate('told', asUser)).body).toMatchObject({ value: true, reason: 'SPLIT', rule: 1 });
    app.monitoring.stub(GetUser, () => {
      throw new ModuleUnavailable('gateway');
    });
    expect((await evaluate('told', { targetingKey: ADA })).body).toMatchObject({ value: false, cause: 'default' });
    expect(await evaluate('nobodys')).toMatchObject({ status: 404, body: { code: 'monitoring.flag_not_found' } });
    expect(await evaluate('told', { attributes: { deep: { er: 1 } } })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'attributes' }] },
    });
  });

  it('are copied as a whole, and only when they have changed', async () => {
    const before = await snapshot();
    expect(await snapshot(before.revision)).toEqual({ revision: before.revision, flags: null });
    await create('timed', { startsAt: '2026-05-01T00:00:00Z' });
    const after = await snapshot(before.revision);
    expect(after.flags).toHaveLength(before.flags!.length + 1);
    expect(after.flags!.find(({ key }) => key === 'timed')!.startsAt).toEqual(new Date('2026-05-01T00:00:00Z'));
    await archive('timed');
    expect((await snapshot(after.revision)).flags).toHaveLength(before.flags!.length);
  });
});
