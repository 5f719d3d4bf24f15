import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { switchFlag } from '@aitbc/platform/testing/switch-flag.js';
import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { runInRequest } from '@aitbc/modulith';
import { v7 as uuidv7 } from 'uuid';
import { type AgentTokenView, IssueAgentToken } from './contract/index.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from './testing/start-gateway.js';

@Controller('v1')
class ThingsController {
  @Get('offers') read() {
    return [];
  }
  @Post('offers') write() {
    return {};
  }
  @Post('wallets/:id/lock') lock(@Param('id') id: string) {
    return { id };
  }
  @Post('agents/:id/jobs/next') next(@Param('id') id: string) {
    return { id };
  }
  @Post('jobs/:id/attempts/:n/result') bring(@Param('id') id: string) {
    return { id };
  }
  @Post('rpc') rpc() {
    return {};
  }
}

const THINGS = {
  'GET /v1/offers': 'user',
  'POST /v1/offers': 'user',
  'POST /v1/wallets/:id/lock': 'user',
  'POST /v1/agents/:id/jobs/next': 'agent',
  'POST /v1/jobs/:id/attempts/:n/result': 'agent',
  'POST /v1/rpc': 'public',
} as const;

let revision = 0;

describe('a flag of the gateway', () => {
  let gateway: TestGateway;
  let user: Session;
  let admin: Session;
  let agentToken: string;
  let people = 0;

  beforeAll(async () => {
    gateway = await TestGateway.start({ controllers: [ThingsController], permissions: THINGS });
    user = await gateway.register('ada@example.org');
    admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    agentToken = await runInRequest({ principal: { subject: user.user.id, roles: ['user'], scopes: [] } }, async () => {
      const command = IssueAgentToken.of({ agentId: uuidv7(), name: 'rig' });
      return (await gateway.app.get(CommandBus).execute<object, AgentTokenView>(command)).token;
    });
  });
  afterEach(() => put());
  afterAll(() => gateway?.close());

  /** Puts flags in force, as if they had just been loaded. */
  function put(...flags: Parameters<TestGateway['flags']['replace']>[0]): void {
    gateway.flags.replace(flags, ++revision);
  }
  const serving = (key: string, variant: 'on' | 'off') => switchFlag(key, { defaultVariant: variant });
  const register = (domain = 'example.org') =>
    gateway.post('/v1/auth/register', { email: `p${people++}@${domain}`, password: PASSWORD });
  const codeOf = (answer: { statusCode: number; body: string }) =>
    answer.statusCode < 300 ? answer.statusCode : (JSON.parse(answer.body) as { code: string }).code;

  describe('registration-open', () => {
    it('is on unless somebody says otherwise', async () => {
      expect(codeOf(await register())).toBe(201);
      put(serving('registration-open', 'on'));
      expect(codeOf(await register())).toBe(201);
    });

    it('off opens no account, and those who have one sign in', async () => {
      put(serving('registration-open', 'off'));
      const refused = await register();
      expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'gateway.registration_closed']);
      expect((await gateway.login('ada@example.org')).statusCode).toBe(200);
    });

    it('can be open to one domain only', async () => {
      const conditions = [{ attribute: 'emailDomain', operator: 'equals' as const, values: ['aitbc.example'] }];
      put(switchFlag('registration-open', { rules: [{ conditions, variant: 'on' }] }));
      expect(codeOf(await register('aitbc.example'))).toBe(201);
      expect(codeOf(await register('example.org'))).toBe('gateway.registration_closed');
    });

    it('changed while people come, holds for everybody who comes afterwards', async () => {
      const outcomes: [isOpen: boolean, code: unknown][] = [];
      for (const isOpen of [true, false, true, false]) {
        put(serving('registration-open', isOpen ? 'on' : 'off'));
        const answers = await Promise.all([register(), register(), register()]);
        for (const answer of answers) outcomes.push([isOpen, codeOf(answer)]);
      }
      expect(outcomes.filter(([isOpen, code]) => (code === 201) !== isOpen)).toEqual([]);
    });
  });

  describe('maintenance-mode', () => {
    const write = (token: string) => gateway.post('/v1/offers', {}, { token });

    it('is off unless somebody says otherwise', async () => {
      expect(codeOf(await write(user.accessToken))).toBe(201);
      put(serving('maintenance-mode', 'off'));
      expect(codeOf(await write(user.accessToken))).toBe(201);
    });

    it('on lets users read and operators do everything; what users change has to wait, and they are told how long', async () => {
      put(serving('maintenance-mode', 'on'));
      const refused = await write(user.accessToken);
      expect([refused.statusCode, codeOf(refused)]).toEqual([503, 'gateway.maintenance']);
      expect(refused.headers['retry-after']).toBe('30');
      expect((await gateway.get('/v1/offers', { token: user.accessToken })).statusCode).toBe(200);
      expect(codeOf(await write(admin.accessToken))).toBe(201);
      expect(codeOf(await register())).toBe('gateway.maintenance');
      expect((await gateway.get('/docs')).statusCode).toBe(200);
    });

    it('on tells a stranger and an intruder nothing new', async () => {
      put(serving('maintenance-mode', 'on'));
      expect(codeOf(await gateway.post('/v1/offers', {}))).toBe('unauthenticated');
      expect(codeOf(await write(agentToken))).toBe('forbidden');
    });

    it('on lets people sign in and out and lock their wallets, and agents bring what they have, but get no more', async () => {
      await gateway.register('leaver@example.org');
      put(serving('maintenance-mode', 'on'));
      const session = (await gateway.login('leaver@example.org')).json<Session>();
      const token = session.accessToken;
      expect((await gateway.refresh(session.refreshToken)).statusCode).toBe(200);
      expect(codeOf(await gateway.post('/v1/wallets/7/lock', {}, { token }))).toBe(201);
      expect(codeOf(await gateway.post('/v1/jobs/7/attempts/1/result', {}, { token: agentToken }))).toBe(201);
      expect(codeOf(await gateway.post('/v1/agents/7/jobs/next', {}, { token: agentToken }))).toBe(
        'gateway.maintenance',
      );
      expect((await gateway.post('/v1/auth/logout', {}, { token })).statusCode).toBe(204);
    });

    it('can be for one route only, or for all but some users', async () => {
      const conditions = [{ attribute: 'route', operator: 'equals' as const, values: ['POST /v1/offers'] }];
      const allow = { allow: [user.user.id], allowVariant: 'off' };
      put(switchFlag('maintenance-mode', { rules: [{ conditions, variant: 'on' }] }));
      expect(codeOf(await write(user.accessToken))).toBe('gateway.maintenance');
      expect(codeOf(await register())).toBe(201);
      put(switchFlag('maintenance-mode', { defaultVariant: 'on', ...allow }));
      expect(codeOf(await write(user.accessToken))).toBe(201);
      expect(codeOf(await register())).toBe('gateway.maintenance');
    });

    it('changed under traffic, holds for every request that comes afterwards and fails none before', async () => {
      const outcomes: [isOn: boolean, code: unknown][] = [];
      for (let turn = 0; turn < 6; turn++) {
        const isOn = turn % 2 === 1;
        put(serving('maintenance-mode', isOn ? 'on' : 'off'));
        const answers = await Promise.all(Array.from({ length: 10 }, () => write(user.accessToken)));
        for (const answer of answers) outcomes.push([isOn, codeOf(answer)]);
      }
      const wrong = outcomes.filter(([isOn, code]) => code !== (isOn ? 'gateway.maintenance' : 201));
      expect(wrong).toEqual([]);
    });
  });

  describe('limits', () => {
    const limits = async (token: string) =>
      (await gateway.get('/v1/limits', { token })).json<{ items: { name: string; most: number; meaning: string }[] }>()
        .items;
    const most = async (token: string) => (await limits(token)).find(({ name }) => name === 'offers-per-user')?.most;

    it('are told to each user, with what they count', async () => {
      const names = (await limits(user.accessToken)).map(({ name }) => name);
      expect(names).toEqual(expect.arrayContaining(['offers-per-user', 'agents-per-user']));
      expect((await limits(user.accessToken)).every(({ meaning }) => meaning.length > 10)).toBe(true);
      expect((await gateway.get('/v1/limits')).statusCode).toBe(401);
    });

    it('are what an operator has set, for everybody or for one user', async () => {
      put(limitFlag('offers-per-user', 3, { [user.user.id]: 7 }));
      expect([await most(user.accessToken), await most(admin.accessToken)]).toEqual([7, 3]);
    });
  });
});
