import { currentPrincipal, Runtime, runInRequest } from '@aitbc/modulith';
import type { Publication } from '@aitbc/modulith/outbox/publication.js';
import { Cluster } from '@aitbc/modulith/testing/cluster.js';
import { describeEachDatabase, temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { AppConfig, FixedClock, FlagProvider, FlagsModule, type Page, PlatformModule } from '@aitbc/platform';
import { Controller, Get } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Secret, TOTP } from 'otpauth';
import { v7 as uuidv7 } from 'uuid';
import {
  type AccountDetailsView,
  type AccountView,
  type AgentTokenView,
  gatewayContract,
  IssueAgentToken,
  LockUser,
  Register,
  type SessionView,
  SetUserRoles,
  TokenWithdrawn,
} from '../contract/index.js';
import { GatewayModule } from '../gateway.module.js';
import { AccessTokens } from '../sessions/access-tokens.js';
import { WithdrawnTokens } from '../sessions/withdrawn-tokens.js';
import { recordPublications } from '../testing/record-publications.js';
import { SoftAuthenticator } from '../testing/soft-authenticator.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';

@Controller('things')
class ThingsController {
  @Get('public') anybody() {
    return { subject: currentPrincipal()?.subject ?? null };
  }
  @Get('operator') operator() {
    return {};
  }
  @Get('agent') agent() {
    return {};
  }
}

const THINGS = {
  'GET /things/public': 'public',
  'GET /things/operator': 'operator',
  'GET /things/agent': 'agent',
} as const;

const MINUTE = 60_000;

describeEachDatabase('an operator at the gateway', (url) => {
  let gateway: TestGateway;
  let other: TestGateway;
  let admin: Session;
  let operator: Session;
  let published: Publication[];
  let names = 0;

  beforeAll(async () => {
    const options = { databaseUrl: url(), controllers: [ThingsController], permissions: THINGS };
    gateway = await TestGateway.start({ ...options, environment: { RATE_LIMIT_USER: '100000' } });
    // Another process that no broadcast reaches: it shares only the database and the secret with the first.
    const JWT_SECRET = 'a'.repeat(64);
    other = await TestGateway.start({ ...options, environment: { JWT_SECRET } });
    published = recordPublications(gateway);
    admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    const clerk = await somebody('clerk');
    await setRoles(clerk.user.id, ['user', 'operator']);
    operator = (await gateway.login(clerk.user.email)).json<Session>();
  });
  afterAll(async () => {
    await other?.close();
    await gateway?.close();
  });

  const somebody = (name = 'ada') => gateway.register(`${name}-${names++}@example.org`);
  const put = (path: string, payload: object, token: string) =>
    gateway.server.inject({ method: 'PUT', url: path, payload, headers: { authorization: `Bearer ${token}` } });
  const setRoles = (id: string, roles: string[], by = admin) =>
    put(`/v1/admin/users/${id}/roles`, { roles }, by.accessToken);
  const act = (id: string, what: 'lock' | 'unlock' | 'sign-out', by = operator) =>
    gateway.post(`/v1/admin/users/${id}/${what}`, what === 'lock' ? { reason: 'taken over' } : undefined, {
      token: by.accessToken,
    });
  const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code?: string }>().code;
  const me = async (token: string, at = gateway) => {
    const answer = await at.get('/v1/auth/me', { token });
    return answer.statusCode === 200 ? 200 : codeOf(answer);
  };
  const agentOf = (owner: Session) =>
    runInRequest({ principal: { subject: owner.user.id, roles: ['user'], scopes: [] } }, () =>
      gateway.app
        .get(CommandBus)
        .execute<object, AgentTokenView>(IssueAgentToken.of({ agentId: uuidv7(), name: 'rig' })),
    );
  const audited = (id: string) => {
    const { codec } = gateway.app.get(Runtime).registry;
    const records = published.filter(({ name, key }) => name === 'gateway.GatewayAudited' && key.endsWith(id));
    return records.map(({ payload, metadata }) => ({
      ...(codec.decode(payload) as object),
      by: metadata.principal?.subject,
    }));
  };

  it('removes a second factor and passkeys that were lost: the user signs in with the password again', async () => {
    const user = await somebody();
    const token = user.accessToken;
    const device = new SoftAuthenticator('http://localhost:3000');
    const post = (path: string, body: object) => gateway.post(`/v1/auth/${path}`, body, { token });
    type Creation = { options: Parameters<SoftAuthenticator['create']>[0] };
    const { options } = (await post('passkeys/options', { password: PASSWORD })).json<Creation>();
    await post('passkeys', { name: 'phone', credential: device.create(options) });
    type Request = { options: Parameters<SoftAuthenticator['get']>[0] };
    const signIn = async () => {
      const request = (await gateway.post('/v1/auth/passkeys/login/options', {})).json<Request>();
      return gateway.post('/v1/auth/passkeys/login', { credential: device.get(request.options) });
    };
    const strong = (await signIn()).json<Session>();
    const factor = (path: string, body: object) =>
      gateway.post(`/v1/auth/second-factor/${path}`, body, { token: strong.accessToken });
    const { secret } = (await factor('totp', { password: PASSWORD })).json<{ secret: string }>();
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = totp.generate({ timestamp: gateway.clock.now().getTime() });
    const { session } = (await factor('totp/confirm', { code })).json<{ session: Session }>();

    const remove = (id: string, by = operator) =>
      gateway.post(`/v1/admin/users/${id}/second-factor/remove`, { reason: 'lost phone' }, { token: by.accessToken });
    const details = await gateway.get(`/v1/admin/users/${user.user.id}`, { token: operator.accessToken });
    expect(details.json()).toMatchObject({ secondFactor: true, passkeys: 1 });
    expect((await remove(user.user.id, session)).statusCode).toBe(403);
    expect((await remove(user.user.id)).json()).toMatchObject({ secondFactor: false });
    expect(await me(session.accessToken)).toBe('gateway.token_withdrawn');
    expect((await gateway.refresh(session.refreshToken)).statusCode).toBe(401);
    expect(codeOf(await signIn())).toBe('gateway.passkey_not_accepted');
    expect((await gateway.login(user.user.email)).statusCode).toBe(200);
    expect(audited(user.user.id).at(-1)).toMatchObject({
      action: 'remove_lost_second_factor',
      before: { secondFactor: true },
      after: { secondFactor: false, passkeys: 1, reason: 'lost phone' },
      by: operator.user.id,
    });
    expect(codeOf(await remove(user.user.id))).toBe('gateway.second_factor_not_set_up');
    expect(codeOf(await remove(admin.user.id))).toBe('gateway.only_administrator_may');
    expect(codeOf(await remove(operator.user.id))).toBe('gateway.own_account');
  });

  it('finds users by part of the email, by role and by lock, page by page', async () => {
    const [first, second] = [await somebody('find_me'), await somebody('find_me')];
    await somebody('findxme');
    await act(second.user.id, 'lock');
    const search = async (query: string) =>
      (await gateway.get(`/v1/admin/users?${query}`, { token: operator.accessToken })).json<Page<AccountView>>();
    const ids = async (query: string) => (await search(query)).items.map(({ id }) => id);
    expect(await ids('email=FIND_me')).toEqual([second.user.id, first.user.id]);
    expect(await ids('email=find_me&locked=true')).toEqual([second.user.id]);
    expect(await ids('email=find_me&locked=false')).toEqual([first.user.id]);
    expect(await ids('role=operator')).toEqual([operator.user.id]);
    expect(await ids('role=admin')).toEqual([admin.user.id]);
    const { nextCursor } = await search('email=find_me&limit=1');
    expect(await ids(`email=find_me&limit=1&cursor=${nextCursor}`)).toEqual([first.user.id]);
    for (const wrong of ['role=king', 'locked=maybe', 'limit=0']) {
      const answer = await gateway.get(`/v1/admin/users?${wrong}`, { token: operator.accessToken });
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: wrong.split('=')[0] }] });
    }
  });

  it('sees how many sessions and API keys an account has', async () => {
    const user = await somebody();
    await gateway.login(user.user.email);
    await agentOf(user);
    const read = (id: string) => gateway.get(`/v1/admin/users/${id}`, { token: operator.accessToken });
    expect((await read(user.user.id)).json<AccountDetailsView>()).toMatchObject({ openSessions: 2, activeApiKeys: 1 });
    expect(codeOf(await read(uuidv7()))).toBe('gateway.user_not_found');
  });

  it('when an account is locked, closes it at once: tokens, sessions, sign-in and agents', async () => {
    const user = await somebody();
    const { token: agent } = await agentOf(user);
    const thing = (path: string, token: string) => gateway.get(`/things/${path}`, { token });
    expect((await thing('agent', agent)).statusCode).toBe(200);
    expect((await act(user.user.id, 'lock')).json()).toMatchObject({ lockReason: 'taken over' });

    expect(await me(user.accessToken)).toBe('gateway.token_withdrawn');
    expect(codeOf(await gateway.refresh(user.refreshToken))).toBe('gateway.account_locked');
    expect(codeOf(await thing('agent', agent))).toBe('gateway.account_locked');
    expect(codeOf(await gateway.login(user.user.email))).toBe('gateway.account_locked');
    // To callers who guess the password, it looks like any other account.
    expect(codeOf(await gateway.login(user.user.email, 'not the password'))).toBe('gateway.wrong_credentials');
    // Public routes stay public; the caller is anonymous there.
    expect((await thing('public', user.accessToken)).json()).toEqual({ subject: null });

    await act(user.user.id, 'unlock');
    expect(await me(user.accessToken)).toBe('gateway.token_withdrawn');
    expect(codeOf(await gateway.refresh(user.refreshToken))).toBe('gateway.token_expired');
    expect((await thing('agent', agent)).statusCode).toBe(200);
    expect(await me((await gateway.login(user.user.email)).json<Session>().accessToken)).toBe(200);
  });

  it('when an operator becomes a user again, is believed no longer, and goes on with a new token', async () => {
    const user = await somebody();
    await setRoles(user.user.id, ['user', 'operator']);
    expect(await me(user.accessToken)).toBe('gateway.token_withdrawn');
    const promoted = (await gateway.refresh(user.refreshToken)).json<Session>();
    const desk = (token: string) => gateway.get('/things/operator', { token });
    expect((await desk(promoted.accessToken)).statusCode).toBe(200);

    expect((await setRoles(user.user.id, ['user'])).json()).toMatchObject({ roles: ['user'] });
    expect(codeOf(await desk(promoted.accessToken))).toBe('gateway.token_withdrawn');
    const demoted = (await gateway.refresh(promoted.refreshToken)).json<Session>();
    expect(await me(demoted.accessToken)).toBe(200);
    expect(codeOf(await desk(demoted.accessToken))).toBe('forbidden');
  });

  it('when somebody is signed out everywhere, ends every session but leaves the account and its agents', async () => {
    const user = await somebody();
    const elsewhere = (await gateway.login(user.user.email)).json<Session>();
    const { token: agent } = await agentOf(user);
    expect((await act(user.user.id, 'sign-out')).statusCode).toBe(200);
    for (const session of [user, elsewhere]) {
      expect(await me(session.accessToken)).toBe('gateway.token_withdrawn');
      expect(codeOf(await gateway.refresh(session.refreshToken))).toBe('gateway.token_expired');
    }
    expect(await me((await gateway.login(user.user.email)).json<Session>().accessToken)).toBe(200);
    expect((await gateway.get('/things/agent', { token: agent })).statusCode).toBe(200);
  });

  it('where the broadcast got lost, a gateway finds out by itself, and at its start', async () => {
    const user = await gateway.register(`lost-${names++}@example.org`);
    const there = (await other.login(user.user.email)).json<Session>();
    await act(user.user.id, 'sign-out');
    expect(await me(there.accessToken, other)).toBe(200);
    await other.app.get(WithdrawnTokens).ask();
    expect(await me(there.accessToken, other)).toBe('gateway.token_withdrawn');

    const fresh = (await other.login(user.user.email)).json<Session>();
    expect(await me(fresh.accessToken, other)).toBe(200);
    const started = await TestGateway.start({ databaseUrl: url(), environment: { JWT_SECRET: 'a'.repeat(64) } });
    expect(await me(there.accessToken, started)).toBe('gateway.token_withdrawn');
    expect(await me(fresh.accessToken, started)).toBe(200);
    await started.close();
  });

  it('leaves the last administrator an administrator, and everybody their own account', async () => {
    expect(codeOf(await setRoles(admin.user.id, ['user']))).toBe('gateway.own_account');
    expect(codeOf(await act(admin.user.id, 'lock', admin))).toBe('gateway.own_account');
    const second = await somebody();
    await setRoles(second.user.id, ['user', 'admin']);
    const colleague = (await gateway.login(second.user.email)).json<Session>();
    // Each removes the other's role concurrently: one of them must remain.
    const [one, two] = await Promise.all([
      setRoles(second.user.id, ['user'], admin),
      setRoles(admin.user.id, ['user'], colleague),
    ]);
    const codes = [one, two].map((answer) => (answer.statusCode === 200 ? 200 : codeOf(answer)));
    expect(codes).toEqual(expect.arrayContaining([200]));
    expect(codes.filter((code) => code === 200)).toHaveLength(1);
    expect(codes.find((code) => code !== 200)).toMatch(/last_administrator|token_withdrawn/);
    const remaining = codes[0] === 200 ? admin : colleague;
    const fallen = codes[0] === 200 ? colleague : admin;
    expect(codeOf(await act(remaining.user.id, 'lock', operator))).toBe('gateway.only_administrator_may');
    // For the following tests, the first is the administrator again.
    await setRoles(fallen.user.id, ['user', 'admin'], remaining);
    if (fallen === admin) admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    await setRoles(second.user.id, ['user']);
  });

  it('when the only other administrator is locked, refuses to lock the last', async () => {
    const second = await somebody();
    await setRoles(second.user.id, ['user', 'admin']);
    await act(second.user.id, 'lock', admin);
    const third = await somebody();
    await setRoles(third.user.id, ['user', 'admin']);
    const colleague = (await gateway.login(third.user.email)).json<Session>();
    await setRoles(third.user.id, ['user']);
    // A request of the colleague that had passed the gatekeeper before.
    const late = runInRequest({ principal: { subject: colleague.user.id, roles: ['user', 'admin'], scopes: [] } }, () =>
      gateway.app.get(CommandBus).execute<object>(SetUserRoles.of({ userId: admin.user.id, roles: ['user'] })),
    );
    await expect(late).rejects.toMatchObject({ code: 'gateway.last_administrator' });
  });

  it('may neither give roles nor touch colleagues unless an administrator', async () => {
    const user = await somebody();
    expect(codeOf(await setRoles(user.user.id, ['user', 'operator'], operator))).toBe('forbidden');
    expect(codeOf(await act(user.user.id, 'lock', user))).toBe('forbidden');
    const colleague = await somebody();
    await setRoles(colleague.user.id, ['user', 'operator']);
    for (const what of ['lock', 'unlock', 'sign-out'] as const) {
      expect(codeOf(await act(colleague.user.id, what))).toBe('gateway.only_administrator_may');
      expect((await act(colleague.user.id, what, admin)).statusCode).toBe(200);
    }
  });

  it.each([
    ['no roles', []],
    ['roles without user', ['operator']],
    ['an unknown role', ['user', 'king']],
    ['a role twice', ['user', 'user']],
  ])('refuses %s, naming the field', async (_, roles) => {
    const user = await somebody();
    const answer = await setRoles(user.user.id, roles);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'roles' }] });
  });

  it('leaves a record of each change with who made it, and none where nothing changed', async () => {
    const { user } = await somebody();
    await setRoles(user.id, ['user']);
    await act(user.id, 'unlock');
    expect(audited(user.id)).toEqual([]);
    await act(user.id, 'lock');
    await act(user.id, 'lock');
    await act(user.id, 'unlock');
    expect(audited(user.id)).toMatchObject([
      {
        action: 'lock',
        by: operator.user.id,
        before: { locked: false },
        after: { locked: true, lockReason: 'taken over' },
      },
      { action: 'unlock', by: operator.user.id, before: { locked: true }, after: { locked: false } },
    ]);
    expect(JSON.stringify(audited(user.id))).not.toContain(user.email);
  });

  it('forgets whose tokens were withdrawn once the last of them has expired', async () => {
    const user = await somebody();
    await act(user.user.id, 'sign-out');
    const withdrawn = gateway.app.get(WithdrawnTokens);
    expect(withdrawn.includes(user.user.id, 0, undefined)).toBe(true);
    gateway.clock.advance(17 * MINUTE);
    await withdrawn.ask();
    expect(withdrawn.includes(user.user.id, 0, undefined)).toBe(false);
    expect(await me(user.accessToken)).toBe('gateway.token_expired');
  });
});

describe('gateways in several processes', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let cluster: Cluster;

  beforeAll(async () => {
    database = await temporaryPostgres();
    const config = new AppConfig({ NODE_ENV: 'test', JWT_SECRET: 'a'.repeat(64) });
    const clock = new FixedClock();
    cluster = new Cluster({
      contracts: [gatewayContract],
      imports: [PlatformModule.forRoot(config, clock), FlagsModule.forRoot(new FlagProvider(clock))],
      databaseUrl: database.url,
      redisUrl: process.env['REDIS_TEST_URL'],
    });
    for (const name of ['one', 'two']) await cluster.start(name, [GatewayModule]);
  });
  afterAll(async () => {
    await cluster?.close();
    await database?.remove();
  });

  it('refuse the tokens of a locked user as soon as one of them has locked it', async () => {
    const [one, two] = cluster.applications();
    const { user, accessToken } = await one!.execute<SessionView>(
      Register.of({ email: 'ada@example.org', password: PASSWORD }),
    );
    // The broadcast alone has to suffice.
    two!.get(WithdrawnTokens).ask = () => Promise.resolve();
    const tokens = two!.get(AccessTokens);
    expect(tokens.verify(accessToken).subject).toBe(user.id);
    const as = { subject: uuidv7(), roles: ['user', 'operator'], scopes: [] };
    await one!.execute(LockUser.of({ userId: user.id, reason: 'taken over' }), { as });
    expect(() => one!.get(AccessTokens).verify(accessToken)).toThrow(TokenWithdrawn);
    await vi.waitFor(() => expect(() => tokens.verify(accessToken)).toThrow(TokenWithdrawn), { timeout: 5_000 });
  });
});

describe('the first administrator', () => {
  it('is not made with a password that is easy to guess: the start says what is wrong', async () => {
    const start = TestGateway.start({ environment: { ADMIN_PASSWORD: 'Passw0rd2024!' } });
    const message =
      'The configuration is not usable:\n  - ADMIN_PASSWORD is too easy to guess: use several unrelated words';
    await expect(start).rejects.toThrow(message);
  });
});
