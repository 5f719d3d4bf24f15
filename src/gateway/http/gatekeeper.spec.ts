import { currentPrincipal, runInRequest } from '@aitbc/modulith';
import { Controller, Delete, Get, Param, Post, Put } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { v7 as uuidv7 } from 'uuid';
import { type AgentTokenView, IssueAgentToken, RevokeAgentToken } from '../contract/index.js';
import { ADMIN, type Session, TestGateway } from '../testing/start-gateway.js';
import { PermissionsOutOfDate } from './permission-check.js';

@Controller('things')
class ThingsController {
  @Get('public') anybody() {
    return { principal: currentPrincipal() ?? null };
  }
  @Get('user') user() {
    return { principal: currentPrincipal() };
  }
  @Get('operator') operator() {
    return { principal: currentPrincipal() };
  }
  @Get('admin') admin() {
    return { principal: currentPrincipal() };
  }
  @Get('agent') agent() {
    return { principal: currentPrincipal() };
  }
  @Put(':id/shared') shared(@Param('id') id: string) {
    return { id };
  }
}

@Controller('health')
class ProbesController {
  @Get('live') live() {
    return {};
  }
}

@Controller('rpc')
class RpcController {
  @Post() call() {
    return {};
  }
}

const THINGS = {
  'GET /health/live': 'public',
  'GET /things/public': 'public',
  'GET /things/user': 'user',
  'GET /things/operator': 'operator',
  'GET /things/admin': 'admin',
  'GET /things/agent': 'agent',
  'PUT /things/:id/shared': ['agent', 'user'],
} as const;

describe('the gate', () => {
  let gateway: TestGateway;
  let user: Session;
  let admin: Session;
  const agentId = uuidv7();
  let agentToken: string;

  beforeAll(async () => {
    gateway = await TestGateway.start({ controllers: [ThingsController, ProbesController], permissions: THINGS });
    user = await gateway.register('ada@example.org');
    admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    agentToken = await issue(agentId);
  });
  afterAll(() => gateway.close());

  const asUser = <T>(subject: string, command: object) =>
    runInRequest({ principal: { subject, roles: ['user'], scopes: [] } }, () =>
      gateway.app.get(CommandBus).execute<object, T>(command),
    );
  const issue = async (id: string) =>
    (await asUser<AgentTokenView>(user.user.id, IssueAgentToken.of({ agentId: id, name: 'rig' }))).token;
  const see = async (what: string, token?: string) => (await gateway.get(`/things/${what}`, { token })).statusCode;

  it('admits to each route those its permission names, and nobody else', async () => {
    const routes = ['public', 'user', 'operator', 'admin', 'agent'];
    const statuses = async (token?: string) => Promise.all(routes.map((each) => see(each, token)));
    expect(await statuses()).toEqual([200, 401, 401, 401, 401]);
    expect(await statuses(user.accessToken)).toEqual([200, 200, 403, 403, 403]);
    expect(await statuses(admin.accessToken)).toEqual([200, 200, 200, 200, 403]);
    expect(await statuses(agentToken)).toEqual([200, 403, 403, 403, 200]);
  });

  it('says on whose behalf a request is handled', async () => {
    const answer = await gateway.get('/things/user', { token: user.accessToken });
    expect(answer.json()).toEqual({ principal: { subject: user.user.id, roles: ['user'], scopes: [] } });
    const agent = await gateway.get('/things/agent', { token: agentToken });
    expect(agent.json()).toEqual({ principal: { subject: agentId, roles: [], scopes: ['agent'] } });
  });

  it('overlooks on a public route a token that is worthless, and knows who comes with a good one', async () => {
    const worthless = await gateway.get('/things/public', { token: 'worthless' });
    expect(worthless.json()).toEqual({ principal: null });
    const good = await gateway.get('/things/public', { token: user.accessToken });
    expect(good.json()).toMatchObject({ principal: { subject: user.user.id } });
  });

  it.each(['', 'Basic YTpi', 'Bearer', 'Bearer a b', `Bearer ${'x'.repeat(5000)}`])(
    'does not let in with the Authorization header %j',
    async (authorization) => {
      const answer = await gateway.get('/things/user', { headers: { authorization } });
      expect(answer.json()).toMatchObject({ status: 401, code: 'unauthenticated' });
    },
  );

  it('does not let an agent in after its token was revoked', async () => {
    const revoked = uuidv7();
    const token = await issue(revoked);
    expect(await see('agent', token)).toBe(200);
    await asUser(user.user.id, RevokeAgentToken.of({ agentId: revoked }));
    expect((await gateway.get('/things/agent', { token })).json()).toMatchObject({ code: 'gateway.invalid_token' });
  });

  it('lets nobody but its owner issue or revoke the tokens of an agent', async () => {
    const stranger = uuidv7();
    await expect(asUser(stranger, IssueAgentToken.of({ agentId, name: 'mine' }))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(asUser(stranger, RevokeAgentToken.of({ agentId }))).rejects.toMatchObject({ code: 'forbidden' });
    expect(await see('agent', agentToken)).toBe(200);
  });

  it('stores no token as it is', async () => {
    const { DataSource } = await import('typeorm');
    const { getDataSourceToken } = await import('@nestjs/typeorm');
    const database = gateway.app.get<InstanceType<typeof DataSource>>(getDataSourceToken('gateway'));
    for (const table of ['gateway_users', 'gateway_refresh_tokens', 'gateway_api_keys', 'gateway_inbox']) {
      const rows = JSON.stringify(await database.query(`SELECT * FROM ${table}`));
      for (const secret of [agentToken, user.refreshToken, user.accessToken, ADMIN.password]) {
        expect(rows, table).not.toContain(secret);
      }
    }
  });

  it('writes into the OpenAPI document who may call what', async () => {
    const document = (await gateway.get('/openapi.json')).json<OpenAPIObject>();
    expect(document.paths['/things/{id}/shared']?.put).toMatchObject({
      security: [{ bearer: [] }],
      'x-permission': ['agent', 'user'],
    });
    expect(document.paths['/v1/auth/login']?.post).toMatchObject({ security: [], 'x-permission': ['public'] });
  });

  it('lets an agent in for no more than a year', async () => {
    gateway.clock.advance(365 * 24 * 60 * 60 * 1000);
    expect((await gateway.get('/things/agent', { token: agentToken })).json()).toMatchObject({
      code: 'gateway.token_expired',
    });
  });
});

describe('the start', () => {
  @Controller('forgotten')
  class ForgottenController {
    @Post() create() {
      return {};
    }
    @Delete() remove() {
      return {};
    }
  }

  const start = (permissions: object) =>
    TestGateway.start({ controllers: [ForgottenController], permissions: permissions as never });

  it('fails when a route has no permission, naming it', async () => {
    await expect(start({ 'POST /forgotten': 'user' })).rejects.toThrow(/DELETE \/forgotten has no permission/);
  });

  it('fails when a permission has no route, naming it', async () => {
    const table = { 'POST /forgotten': 'user', 'DELETE /forgotten': 'user', 'GET /gone': 'user' };
    await expect(start(table)).rejects.toThrow(PermissionsOutOfDate);
    await expect(start(table)).rejects.toThrow(/GET \/gone does not exist/);
  });
});

describe('a caller who comes too often', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start({
      controllers: [ThingsController, ProbesController, RpcController],
      permissions: { ...THINGS, 'POST /rpc': 'public' },
      environment: { RATE_LIMIT_USER: '5', RATE_LIMIT_ADDRESS: '4', RATE_LIMIT_LOGIN: '2' },
    });
  });
  afterEach(() => gateway.close());

  const statuses = async (times: number, call: () => Promise<{ statusCode: number }>) => {
    const all: number[] = [];
    for (let n = 0; n < times; n++) all.push((await call()).statusCode);
    return all;
  };

  it('is told when to come back, by user wherever the user is', async () => {
    const { accessToken: token } = await gateway.register('ada@example.org');
    let n = 0;
    const call = () => gateway.get('/things/user', { token, from: `192.0.2.${n++}` });
    expect(await statuses(6, call)).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await call();
    expect(refused.json()).toMatchObject({ status: 429, code: 'gateway.rate_limited', details: { limit: 'perUser' } });
    expect(Number(refused.headers['retry-after'])).toBe(60);
    expect(refused.headers).toMatchObject({
      ratelimit: '"perUser";r=0;t=60',
      'ratelimit-policy': '"perUser";q=5;w=60',
    });
    gateway.clock.advance(60_000);
    expect((await call()).statusCode).toBe(200);
  });

  it('has the whole limit whatever was asked of JSON-RPC, which has its own', async () => {
    const from = '198.51.100.9';
    expect(await statuses(6, () => gateway.post('/rpc', {}, { from }))).toEqual(Array(6).fill(201));
    expect(await statuses(5, () => gateway.get('/things/public', { from }))).toEqual([200, 200, 200, 200, 429]);
    const { accessToken: token } = await gateway.register('grace@example.org');
    expect(await statuses(6, () => gateway.post('/rpc', {}, { token }))).toEqual(Array(6).fill(201));
    expect(await statuses(1, () => gateway.get('/things/user', { token }))).toEqual([200]);
  });

  it('is counted by address when nobody knows who it is, with tokens that are made up as well', async () => {
    const from = '198.51.100.7';
    expect(await statuses(3, () => gateway.get('/things/public', { from }))).toEqual([200, 200, 200]);
    expect(await statuses(2, () => gateway.get('/things/user', { from, token: 'made-up' }))).toEqual([401, 429]);
    expect(await statuses(1, () => gateway.get('/things/public', { from: '198.51.100.8' }))).toEqual([200]);
  });

  it('does not take the probes of its address with it, and they do not count', async () => {
    const from = '198.51.100.20';
    const probe = () => gateway.get('/health/live', { from });
    expect(new Set(await statuses(10, probe))).toEqual(new Set([200]));
    expect(await statuses(5, () => gateway.get('/things/public', { from }))).toEqual([200, 200, 200, 200, 429]);
    expect(await statuses(1, probe)).toEqual([200]);
  });

  it('has few attempts to sign in', async () => {
    const from = '203.0.113.9';
    const call = () => gateway.login('ada@example.org', 'a wrong password', { from });
    expect(await statuses(3, call)).toEqual([401, 401, 429]);
  });
});
