import { createSecretKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Runtime } from '@aitbc/modulith';
import { readMetrics } from '@aitbc/platform';
import { JwtService } from '@nestjs/jwt';
import { v7 as uuidv7 } from 'uuid';
import { recordPublications } from '../testing/record-publications.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';
import { attemptsOfStrangers } from './login-attempts.entity.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

describe('an account', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.close());

  it('is signed in by its registration', async () => {
    // Spaces are not part of an address, and letter case is ignored.
    const session = await gateway.register(' Ada@Example.org ');
    expect(session).toMatchObject({ user: { email: 'ada@example.org', roles: ['user'] }, expiresIn: 900 });
    const me = await gateway.get('/v1/auth/me', { token: session.accessToken });
    expect(me.json()).toEqual({ ...session.user, createdAt: '2026-05-01T12:00:00.000Z' });
  });

  it('cannot be opened twice, in whatever case its email is written', async () => {
    await gateway.register('twice@example.org');
    const again = await gateway.post('/v1/auth/register', { email: 'TWICE@example.org', password: PASSWORD });
    expect(again.json()).toMatchObject({ status: 409, code: 'gateway.email_taken' });
  });

  it('is the same account by an international domain in either form', async () => {
    const session = await gateway.register('ada@bücher.example');
    expect(session.user).toMatchObject({ email: 'ada@xn--bcher-kva.example' });
    for (const email of ['ADA@XN--BCHER-KVA.example', 'ada@BÜCHER．example']) {
      const again = await gateway.post('/v1/auth/register', { email, password: PASSWORD });
      expect(again.json(), email).toMatchObject({ status: 409, code: 'gateway.email_taken' });
      expect((await gateway.post('/v1/auth/login', { email, password: PASSWORD })).statusCode, email).toBe(200);
    }
  });

  it.each(['victim＠evil.org@example.org', `${'\ufdfa'.repeat(20)}@example.org`, 'a\u0000b@example.org'])(
    'is not opened nor looked for by %j',
    async (email) => {
      for (const path of ['/v1/auth/register', '/v1/auth/login']) {
        const refused = await gateway.post(path, { email, password: PASSWORD });
        expect(refused.json()).toMatchObject({ status: 400, errors: [{ field: 'email' }] });
      }
    },
  );

  it('is opened once when two open it at the same moment', async () => {
    const both = await Promise.all(
      [1, 2].map(() => gateway.post('/v1/auth/register', { email: 'race@example.org', password: PASSWORD })),
    );
    expect(both.map((each) => each.statusCode).toSorted()).toEqual([201, 409]);
  });

  it.each([
    ['email', { email: 'nobody', password: PASSWORD }],
    ['password', { email: 'weak@example.org', password: 'short' }],
    ['password', { email: 'weak@example.org', password: 'aaaaaaaaaaaaaaaa' }],
    ['password', { email: 'weak@example.org', password: 'Passw0rd2024!' }],
    ['password', { email: 'weak@example.org', password: '1q2w3e4r5t6y' }],
    ['password', { email: 'weak@example.org', password: 'trustno1trustno1' }],
    ['password', { email: 'weak@example.org' }],
    ['roles', { email: 'weak@example.org', password: PASSWORD, roles: ['admin'] }],
  ])('is refused with its %s named when that is not sound: %j', async (field, body) => {
    const answer = await gateway.post('/v1/auth/register', body);
    expect(answer.json()).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ field }] });
    expect(answer.body).not.toContain('aaaa');
  });

  it('signs in with its password, its email in any case', async () => {
    await gateway.register('grace@example.org');
    const session = await gateway.login('GRACE@example.org');
    expect([session.statusCode, session.json<Session>().user.email]).toEqual([200, 'grace@example.org']);
  });

  it('of the first administrator is there from the start', async () => {
    const session = await gateway.login(ADMIN.email, ADMIN.password);
    expect(session.json<Session>().user.roles).toEqual(['user', 'admin']);
  });

  it('is not told apart from one that does not exist, neither by the answer nor by its time', async () => {
    await gateway.register('known@example.org');
    const fastest: Record<string, number> = { 'known@example.org': Infinity, 'unknown@example.org': Infinity };
    for (let n = 0; n < 6; n++) {
      for (const email of Object.keys(fastest)) {
        const started = performance.now();
        const answer = await gateway.login(email, 'a wrong password');
        fastest[email] = Math.min(fastest[email]!, performance.now() - started);
        expect(answer.json()).toMatchObject({ status: 401, code: 'gateway.wrong_credentials' });
      }
    }
    // Without the decoy hash, an unknown email is answered in a tenth of the time.
    const ratio = fastest['unknown@example.org']! / fastest['known@example.org']!;
    expect(ratio).toBeGreaterThan(0.4);
    expect(ratio).toBeLessThan(2.5);
  });
});

describe('failed sign-ins', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await TestGateway.start();
  });
  afterEach(() => gateway.close());

  const OWNER = { from: '203.0.113.7' };
  const STRANGER = { from: '198.51.100.66' };
  const fail = async (email: string, times: number, request = STRANGER) => {
    for (let n = 0; n < times; n++) await gateway.login(email, 'a wrong password', request);
  };

  it.each(['ada@example.org', 'unknown@example.org'])('slow %s down after the tenth, ever longer', async (email) => {
    await gateway.register('ada@example.org');
    await fail(email, 10);
    const blocked = await gateway.login(email, PASSWORD, STRANGER);
    expect(blocked.json()).toMatchObject({ status: 429, code: 'gateway.too_many_attempts' });
    expect(blocked.headers['retry-after']).toBe('1');
    gateway.clock.advance(SECOND);
    await fail(email, 1);
    expect((await gateway.login(email, PASSWORD, STRANGER)).headers['retry-after']).toBe('2');
  });

  it('of a stranger who never stops do not keep the owner out, wherever the owner comes from', async () => {
    await gateway.register('ada@example.org');
    await fail('ada@example.org', 30);
    expect((await gateway.login('ada@example.org', PASSWORD, STRANGER)).statusCode).toBe(429);
    expect((await gateway.login('ada@example.org', PASSWORD, OWNER)).statusCode).toBe(200);
  });

  it('in a network with a past success wait, but the right password is let through at once', async () => {
    await gateway.register('ada@example.org');
    await gateway.login('ada@example.org', PASSWORD, OWNER);
    await fail('ada@example.org', 11, OWNER);
    const wrong = await gateway.login('ada@example.org', 'a wrong password', OWNER);
    expect(wrong.json()).toMatchObject({ status: 429, code: 'gateway.too_many_attempts' });
    expect((await gateway.login('ada@example.org', PASSWORD, OWNER)).statusCode).toBe(200);
  });

  it('from a hundred networks slow all of them down, and no network that the account knows', async () => {
    await gateway.register('ada@example.org');
    await gateway.login('ada@example.org', PASSWORD, OWNER);
    const counted = `email_hash = '${attemptsOfStrangers('ada@example.org')}'`;
    const failures = `UPDATE gateway_login_attempts SET attempts = 99 WHERE ${counted}`;
    await gateway.app.get(Runtime).module('gateway')!.database.write([failures]);
    await fail('ada@example.org', 1, { from: '198.51.100.1' });
    expect((await gateway.login('ada@example.org', PASSWORD, { from: '192.0.2.1' })).statusCode).toBe(429);
    expect((await gateway.login('ada@example.org', PASSWORD, OWNER)).statusCode).toBe(200);
  });

  it('count for a whole network of IPv6', async () => {
    await gateway.register('ada@example.org');
    for (let n = 1; n <= 10; n++) await fail('ada@example.org', 1, { from: `2001:db8::${n}` });
    expect((await gateway.login('ada@example.org', PASSWORD, { from: '2001:db8::ffff' })).statusCode).toBe(429);
    expect((await gateway.login('ada@example.org', PASSWORD, { from: '2001:db8:0:1::1' })).statusCode).toBe(200);
  });

  it('are counted, those that were not even looked at included', async () => {
    const count = async () =>
      (await readMetrics([{ metric: 'aitbc_failed_sign_ins_total', isCounter: true }]))[0]![0]!.value;
    await gateway.register('ada@example.org');
    expect(await count()).toBe(0);
    await fail('ada@example.org', 11);
    expect(await count()).toBe(11);
  });

  it('are forgotten after one that succeeds', async () => {
    await gateway.register('ada@example.org');
    await fail('ada@example.org', 9);
    expect((await gateway.login('ada@example.org')).statusCode).toBe(200);
    await fail('ada@example.org', 9);
    expect((await gateway.login('ada@example.org')).statusCode).toBe(200);
  });

  it('are all counted when they come at once', async () => {
    await gateway.register('ada@example.org');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => gateway.login('ada@example.org', 'a wrong password', STRANGER)),
    );
    expect(answers.filter((each) => each.statusCode === 401)).toHaveLength(10);
  });
});

describe('a session', () => {
  let gateway: TestGateway;
  let session: Session;
  beforeEach(async () => {
    gateway = await TestGateway.start();
    session = await gateway.register('ada@example.org');
  });
  afterEach(() => gateway.close());

  const me = (token: string) => gateway.get('/v1/auth/me', { token });

  it('is refreshed with a token that works once', async () => {
    const refreshed = (await gateway.refresh(session.refreshToken)).json<Session>();
    expect(refreshed.user.id).toBe(session.user.id);
    expect(refreshed.refreshToken).not.toBe(session.refreshToken);
    expect((await me(refreshed.accessToken)).statusCode).toBe(200);
    expect((await gateway.refresh(refreshed.refreshToken)).statusCode).toBe(200);
  });

  it('ends for everybody when a refresh token comes again', async () => {
    const thief = (await gateway.refresh(session.refreshToken)).json<Session>();
    const other = (await gateway.login('ada@example.org')).json<Session>();
    expect((await gateway.refresh(session.refreshToken)).json()).toMatchObject({
      status: 401,
      code: 'gateway.refresh_token_reused',
    });
    expect((await gateway.refresh(thief.refreshToken)).statusCode).toBe(401);
    expect((await gateway.refresh(other.refreshToken)).statusCode).toBe(200);
  });

  it('is refreshed once when its token is used twice at the same moment', async () => {
    const both = await Promise.all([1, 2].map(() => gateway.refresh(session.refreshToken)));
    expect(both.map((each) => each.statusCode).toSorted()).toEqual([200, 401]);
  });

  it('cannot be refreshed with a token that nobody issued, nor after thirty days', async () => {
    expect((await gateway.refresh('made-up')).json()).toMatchObject({ status: 401, code: 'gateway.invalid_token' });
    gateway.clock.advance(30 * DAY);
    expect((await gateway.refresh(session.refreshToken)).json()).toMatchObject({ code: 'gateway.token_expired' });
  });

  it('has an access token for fifteen minutes', async () => {
    gateway.clock.advance(15 * MINUTE - SECOND);
    expect((await me(session.accessToken)).statusCode).toBe(200);
    gateway.clock.advance(SECOND);
    const expired = await me(session.accessToken);
    expect(expired.json()).toMatchObject({ status: 401, code: 'gateway.token_expired' });
    expect(expired.headers['www-authenticate']).toBe('Bearer');
  });

  it('is left with its refresh token, even when the access token has expired', async () => {
    gateway.clock.advance(DAY);
    const { refreshToken, accessToken } = session;
    const left = await gateway.post('/v1/auth/logout', { refreshToken }, { token: accessToken });
    expect([left.statusCode, left.body]).toEqual([204, '']);
    expect((await gateway.refresh(refreshToken)).statusCode).toBe(401);
  });

  it('is left everywhere by a caller who names no token, and by nobody else', async () => {
    const other = (await gateway.login('ada@example.org')).json<Session>();
    expect((await gateway.post('/v1/auth/logout', undefined)).statusCode).toBe(401);
    expect((await gateway.post('/v1/auth/logout', undefined, { token: session.accessToken })).statusCode).toBe(204);
    expect((await gateway.refresh(session.refreshToken)).statusCode).toBe(401);
    expect((await gateway.refresh(other.refreshToken)).statusCode).toBe(401);
  });

  it('when its user leaves everywhere, refuses its access tokens within a second, the broadcast lost or not', async () => {
    const other = (await gateway.login('ada@example.org')).json<Session>();
    const elsewhere = await TestGateway.start({
      databaseUrl: `sqlite:${gateway.directory}/aitbc.sqlite`,
      environment: { JWT_SECRET: readFileSync(`${gateway.directory}/secrets/jwt-secret`, 'utf8') },
    });
    const there = (token: string) => elsewhere.get('/v1/auth/me', { token });
    try {
      expect((await there(session.accessToken)).statusCode).toBe(200);
      await gateway.post('/v1/auth/logout', undefined, { token: session.accessToken });
      for (const { accessToken } of [session, other]) {
        expect((await me(accessToken)).json()).toMatchObject({ status: 401, code: 'gateway.token_withdrawn' });
      }
      // No broadcast reaches the other gateway: it finds out by polling the database.
      await vi.waitFor(async () => expect((await there(session.accessToken)).statusCode).toBe(401), 1_500);
      const again = (await gateway.login('ada@example.org')).json<Session>();
      expect((await me(again.accessToken)).statusCode).toBe(200);
    } finally {
      await elsewhere.close();
    }
  });

  it('when it is left, refuses its own access token and no other', async () => {
    const other = (await gateway.login('ada@example.org')).json<Session>();
    await gateway.post('/v1/auth/logout', { refreshToken: session.refreshToken });
    expect((await me(session.accessToken)).json()).toMatchObject({ code: 'gateway.token_withdrawn' });
    expect((await me(other.accessToken)).statusCode).toBe(200);
  });

  it('when a refresh token comes again, refuses the access tokens of the thief too', async () => {
    const thief = (await gateway.refresh(session.refreshToken)).json<Session>();
    await gateway.refresh(session.refreshToken);
    expect((await me(thief.accessToken)).json()).toMatchObject({ code: 'gateway.token_withdrawn' });
  });

  it('is listed with where and by what it was opened, and ended by its owner only', async () => {
    const headers = { 'user-agent': 'rig/1.0' };
    const second = await gateway.login('ada@example.org', PASSWORD, { from: '203.0.113.7', headers });
    const { accessToken } = second.json<Session>();
    type Listed = { items: { id: string; current: boolean }[]; nextCursor: string | null };
    const list = async (query = '', token = accessToken) =>
      (await gateway.get(`/v1/auth/sessions${query}`, { token })).json<Listed>();
    const { items } = await list();
    expect(items).toMatchObject([
      { current: true, origin: '203.0.113.7', client: 'rig/1.0', signedInAt: '2026-05-01T12:00:00.000Z' },
      { current: false, origin: '127.0.0.1' },
    ]);
    const { nextCursor } = await list('?limit=1');
    expect((await list(`?limit=1&cursor=${nextCursor}`)).items).toEqual([items[1]]);

    const stranger = await gateway.register('eve@example.org');
    const end = (token: string) => gateway.delete(`/v1/auth/sessions/${items[1]!.id}`, { token });
    expect((await end(stranger.accessToken)).json()).toMatchObject({ code: 'gateway.session_not_found' });
    expect((await end(accessToken)).statusCode).toBe(204);
    expect((await end(accessToken)).statusCode).toBe(404);
    expect((await me(session.accessToken)).statusCode).toBe(401);
    expect((await gateway.refresh(session.refreshToken)).statusCode).toBe(401);
    expect((await list()).items.map(({ id }) => id)).toEqual([items[0]!.id]);
  });

  it('ends what is open for its user, with the last session only', async () => {
    const published = recordPublications(gateway);
    const other = (await gateway.login('ada@example.org')).json<Session>();
    const ended = () => published.filter(({ name }) => name === 'gateway.SessionsEnded').map(({ key }) => key);
    await gateway.post('/v1/auth/logout', { refreshToken: other.refreshToken });
    expect(ended()).toEqual([]);
    await gateway.post('/v1/auth/logout', { refreshToken: session.refreshToken });
    expect(ended()).toEqual([session.user.id]);
    await gateway.post('/v1/auth/logout', { refreshToken: session.refreshToken });
    expect(ended()).toHaveLength(1);
  });

  const claims = { roles: ['user'], iss: 'aitbc', aud: 'aitbc-api', exp: 4_000_000_000 };
  it.each([
    ['no subject', claims],
    ['a subject that is no id', { ...claims, sub: 'admin' }],
    ['a subject that is a number', { ...claims, sub: 7 }],
    ['no roles', { ...claims, sub: uuidv7(), roles: undefined }],
    ['roles that are a text', { ...claims, sub: uuidv7(), roles: 'admin' }],
    ['roles that are objects', { ...claims, sub: uuidv7(), roles: [{}] }],
    ['a version that is a text', { ...claims, sub: uuidv7(), ver: '1' }],
    ['a session that is an object', { ...claims, sub: uuidv7(), sid: {} }],
    ['an expiry that is a fraction', { ...claims, sub: uuidv7(), exp: 4_000_000_000.5 }],
    ['no expiry', { ...claims, sub: uuidv7(), exp: undefined }],
  ])('is not opened by a genuine token with %s', async (_what, payload) => {
    // Signed with the right secret: such a token can only come from another release or program.
    const key = createSecretKey(readFileSync(`${gateway.directory}/secrets/jwt-secret`, 'utf8').trim(), 'utf8');
    const token = new JwtService({ secretOrKeyProvider: () => key }).sign(
      JSON.parse(JSON.stringify(payload)) as object,
    );
    for (const path of ['/v1/auth/me', '/v1/auth/sessions']) {
      expect((await gateway.get(path, { token })).json()).toMatchObject({ status: 401, code: 'gateway.invalid_token' });
    }
  });

  it.each(['HS256', 'none'] as const)('is not opened by a token that somebody else made (%s)', async (algorithm) => {
    const claims = { sub: session.user.id, roles: ['admin'], iss: 'aitbc', aud: 'aitbc-api', exp: 4_000_000_000 };
    const secret = algorithm === 'none' ? '' : 'guessed';
    const forged = new JwtService({ secret, signOptions: { algorithm } }).sign(claims);
    expect((await me(forged)).json()).toMatchObject({ status: 401, code: 'gateway.invalid_token' });
  });
});
