import { currentPrincipal } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { Limits } from '@aitbc/platform';
import { Controller, Get, Post } from '@nestjs/common';
import { scopeOf, scopesAdmit } from '../http/key-scopes.js';
import { permissions } from '../http/permissions.js';
import { recordPublications } from '../testing/record-publications.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';
import { ApiKeyUses } from './api-key-uses.js';

const DAY = 24 * 60 * 60 * 1000;

@Controller('v1/jobs')
class JobsController {
  @Get() list() {
    return { principal: currentPrincipal() };
  }
  @Post() submit() {
    return {};
  }
}

const JOBS = { 'GET /v1/jobs': 'user', 'POST /v1/jobs': 'user' } as const;

describe('the scope that a route needs', () => {
  it.each([
    ['GET /v1/jobs/:id/result', 'jobs:read'],
    ['POST /v1/jobs', 'jobs:write'],
    ['POST /v1/offers/:id/bookings', 'bookings:write'],
    ['POST /v1/wallets/:id/unlock', 'wallets:write'],
    ['POST /v1/auth/api-keys', undefined],
    ['GET /v1/admin/jobs', undefined],
  ] as const)('of %s is %s', (route, scope) => expect(scopeOf(route)).toBe(scope));

  it('is one that a key can have, or none, and never enough for accounts and administration', () => {
    const everything = {
      roles: ['user'],
      scopes: ['wallets', 'offers', 'bookings', 'agents', 'jobs', 'events'].flatMap((each) => [
        `${each}:read`,
        `${each}:write`,
      ]),
    };
    for (const route of Object.keys(permissions) as (keyof typeof permissions)[]) {
      const isApart = /\/v1\/(auth|admin)\//.test(route) && route !== 'GET /v1/auth/me';
      if (isApart) expect(scopesAdmit(route, everything), route).toBe(false);
    }
  });
});

describeEachDatabase('an API key', (url) => {
  let gateway: TestGateway;
  let session: Session;
  let names = 0;
  beforeAll(async () => {
    gateway = await TestGateway.start({ databaseUrl: url(), controllers: [JobsController], permissions: JOBS });
  });
  beforeEach(async () => {
    session = await gateway.register(`ada-${names++}@example.org`);
  });
  afterAll(() => gateway?.close());

  const create = (body: object = {}, token = session.accessToken) =>
    gateway.post(
      '/v1/auth/api-keys',
      { name: 'nightly', scopes: ['jobs:read'], password: PASSWORD, ...body },
      { token },
    );
  const made = async (body?: object) => (await create(body)).json<{ id: string; key: string; hint: string }>();
  const list = async (query = '') =>
    (await gateway.get(`/v1/auth/api-keys${query}`, { token: session.accessToken })).json<{
      items: { id: string; lastUsedAt: string | null }[];
      nextCursor: string | null;
    }>();
  const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code?: string }>().code;
  const jobs = (token: string) => gateway.get('/v1/jobs', { token });

  it('acts for its owner, within its scopes', async () => {
    const created = await create();
    expect(created.statusCode).toBe(201);
    const { key, hint } = created.json<{ key: string; hint: string }>();
    expect(key.startsWith(hint)).toBe(true);
    const principal = { subject: session.user.id, roles: ['user'], scopes: ['jobs:read'] };
    expect((await jobs(key)).json()).toEqual({ principal });
    expect((await gateway.get('/v1/auth/me', { token: key })).json()).toMatchObject({ id: session.user.id });
    expect((await gateway.post('/v1/jobs', {}, { token: key })).statusCode).toBe(403);
    for (const path of ['/v1/auth/api-keys', '/v1/auth/sessions', '/v1/auth/second-factor']) {
      expect((await gateway.get(path, { token: key })).statusCode, path).toBe(403);
    }
    expect((await create({}, key)).statusCode).toBe(403);
  });

  it('of an administrator reaches no administration', async () => {
    const admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    const key = (await create({ password: ADMIN.password }, admin.accessToken)).json<{ key: string }>().key;
    expect((await gateway.get('/v1/admin/users', { token: key })).statusCode).toBe(403);
  });

  it('is made with the password only, and named fields are sound', async () => {
    expect(codeOf(await create({ password: 'a wrong password' }))).toBe('gateway.wrong_password');
    for (const [field, value] of [
      ['scopes', []],
      ['scopes', ['admin']],
      ['scopes', ['jobs:read', 'jobs:read']],
      ['expiresInDays', 0],
      ['expiresInDays', 366],
      ['expiresInDays', null],
      ['name', ''],
    ]) {
      expect((await create({ [String(field)]: value })).json()).toMatchObject({ status: 400, errors: [{ field }] });
    }
  });

  it('expires when it was to', async () => {
    const { key } = await made({ expiresInDays: 1 });
    expect((await jobs(key)).statusCode).toBe(200);
    gateway.clock.advance(DAY);
    expect((await jobs(key)).json()).toMatchObject({ status: 401, code: 'gateway.token_expired' });
  });

  it('is listed with its last use, and revoked by its owner only, once', async () => {
    const published = recordPublications(gateway);
    const [first, second] = [await made(), await made()];
    await jobs(first.key);
    await gateway.app.get(ApiKeyUses).keep();
    const { items } = await list();
    expect(items.map(({ id, lastUsedAt }) => [id, lastUsedAt !== null])).toEqual([
      [second.id, false],
      [first.id, true],
    ]);
    expect(JSON.stringify(items)).not.toContain(first.key);
    const { nextCursor } = await list('?limit=1');
    expect((await list(`?limit=1&cursor=${nextCursor}`)).items.map(({ id }) => id)).toEqual([first.id]);

    const stranger = await gateway.register(`eve-${names++}@example.org`);
    const revoke = (token: string) => gateway.delete(`/v1/auth/api-keys/${first.id}`, { token });
    expect(codeOf(await revoke(stranger.accessToken))).toBe('gateway.api_key_not_found');
    expect((await revoke(session.accessToken)).statusCode).toBe(204);
    expect((await revoke(session.accessToken)).statusCode).toBe(404);
    expect((await jobs(first.key)).json()).toMatchObject({ status: 401, code: 'gateway.invalid_token' });
    expect((await jobs(second.key)).statusCode).toBe(200);
    expect(published.filter(({ name }) => name === 'gateway.GatewayAudited')).toHaveLength(3);
  });

  it('is one of as many as operators allow', async () => {
    const limit = vi.spyOn(gateway.app.get(Limits), 'of').mockResolvedValue(2);
    try {
      const both = await Promise.all([create(), create(), create()]);
      expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 201, 409]);
      expect(codeOf(await create())).toBe('limit_reached');
    } finally {
      limit.mockRestore();
    }
  });
});
