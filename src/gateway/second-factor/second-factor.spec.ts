import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Secret, TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import { recordPublications } from '../testing/record-publications.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';
import { stepOf } from './totp.js';

const SECOND = 1_000;
/** RFC 6238, appendix B, for SHA-1: the last six of its eight digits. */
const VECTORS: [seconds: number, code: string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
];

describe('a one-time password', () => {
  const secret = Secret.fromUTF8('12345678901234567890').base32;

  it.each(VECTORS)('at %i s is that of RFC 6238', (seconds, code) => {
    expect(stepOf(code, secret, new Date(seconds * SECOND))).toBe(Math.floor(seconds / 30));
  });

  it.each(['28708', '2870822', 'abcdef', ' 287082', '２８７０８２', ''])('is not %j', (code) => {
    expect(stepOf(code, secret, new Date(59 * SECOND))).toBeUndefined();
  });

  it('is accepted a step early and a step late, and no longer', () => {
    const at = (seconds: number) => stepOf('287082', secret, new Date(seconds * SECOND));
    expect([at(-1), at(0), at(59), at(89), at(90)].map((step) => step !== undefined)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});

describeEachDatabase('an account with a second factor', (url) => {
  let gateway: TestGateway;
  let names = 0;
  beforeAll(async () => {
    gateway = await TestGateway.start({ databaseUrl: url() });
  });
  afterAll(() => gateway?.close());

  const act = (path: string, body: object, token: string) =>
    gateway.post(`/v1/auth/second-factor/${path}`, body, { token });
  const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code?: string }>().code;
  const login = (email: string, code?: string, password = PASSWORD) =>
    gateway.post('/v1/auth/login', { email, password, code });
  const app = (secret: string) => {
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    return (laterMs = 0) => {
      gateway.clock.advance(laterMs);
      return totp.generate({ timestamp: gateway.clock.now().getTime() });
    };
  };
  /** An account with an app set up. */
  const enrolled = async (given?: Session, password = PASSWORD) => {
    const before = given ?? (await gateway.register(`ada-${names++}@example.org`));
    const { secret } = (await act('totp', { password }, before.accessToken)).json<{ secret: string }>();
    const next = app(secret);
    const confirmed = await act('totp/confirm', { code: next() }, before.accessToken);
    expect(confirmed.statusCode).toBe(200);
    const { recoveryCodes, session } = confirmed.json<{ recoveryCodes: string[]; session: Session }>();
    return { email: before.user.email, next, recoveryCodes, session, before };
  };

  it('needs a code to sign in, which works once', async () => {
    const { email, next } = await enrolled();
    expect((await login(email)).json()).toMatchObject({ status: 401, code: 'gateway.second_factor_required' });
    expect((await login(email, '000000')).json()).toMatchObject({ status: 403, code: 'gateway.wrong_code' });
    const code = next(30 * SECOND);
    expect((await login(email, code)).statusCode).toBe(200);
    expect(codeOf(await login(email, code))).toBe('gateway.wrong_code');
    expect(codeOf(await login(email, next(), 'a wrong password'))).toBe('gateway.wrong_credentials');
  });

  it('is not told from another without the password', async () => {
    const { email } = await enrolled();
    expect(codeOf(await login(email, undefined, 'a wrong password'))).toBe('gateway.wrong_credentials');
  });

  it('ends the sessions of before when it is set up, and says so in the audit log', async () => {
    const published = recordPublications(gateway);
    const { before, session } = await enrolled();
    expect((await gateway.get('/v1/auth/me', { token: before.accessToken })).statusCode).toBe(401);
    expect((await gateway.refresh(before.refreshToken)).statusCode).toBe(401);
    const me = await gateway.get('/v1/auth/me', { token: session.accessToken });
    expect(me.json()).toMatchObject({ secondFactor: true });
    expect(published.map(({ name }) => name)).toContain('gateway.GatewayAudited');
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { email, recoveryCodes, session } = await enrolled();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first, second] = recoveryCodes as [string, string];
    expect((await login(email, first.toUpperCase().replaceAll('-', ' '))).statusCode).toBe(200);
    expect(codeOf(await login(email, first))).toBe('gateway.wrong_code');
    const both = await Promise.all([login(email, second), login(email, second)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 403]);
    const factor = await gateway.get('/v1/auth/second-factor', { token: session.accessToken });
    expect(factor.json()).toMatchObject({ totp: true, recoveryCodesLeft: 8 });
  });

  it('has to wait after five wrong codes, with the right one too', async () => {
    const { email, next } = await enrolled();
    const guesses = await Promise.all(Array.from({ length: 9 }, () => login(email, '000000')));
    expect(guesses.filter(({ statusCode }) => statusCode === 403)).toHaveLength(5);
    const blocked = await login(email, next());
    expect([blocked.statusCode, blocked.headers['retry-after']]).toEqual([429, '30']);
    expect((await login(email, next(30 * SECOND))).statusCode).toBe(200);
  });

  it('is changed by its password and a code only', async () => {
    const { next, session, email } = await enrolled();
    const token = session.accessToken;
    expect(codeOf(await act('totp', { password: PASSWORD }, token))).toBe('gateway.wrong_code');
    const code = next(30 * SECOND);
    expect(codeOf(await act('totp/remove', { password: 'a wrong password', code }, token))).toBe(
      'gateway.wrong_password',
    );
    expect(codeOf(await act('totp/remove', { password: PASSWORD, code: '000000' }, token))).toBe('gateway.wrong_code');
    const replaced = await act('recovery-codes', { password: PASSWORD, code }, token);
    expect(replaced.json<{ recoveryCodes: string[] }>().recoveryCodes).toHaveLength(10);
    const change = (body: object) => gateway.post('/v1/auth/password', body, { token });
    const passwords = { currentPassword: PASSWORD, newPassword: 'staple of another horse' };
    expect(codeOf(await change(passwords))).toBe('gateway.wrong_code');
    expect((await act('totp/remove', { password: PASSWORD, code: next(30 * SECOND) }, token)).statusCode).toBe(204);
    expect((await login(email)).statusCode).toBe(200);
  });

  it('is not set up without the password, or by a wrong code', async () => {
    const { accessToken: token } = await gateway.register(`ada-${names++}@example.org`);
    expect(codeOf(await act('totp', { password: 'a wrong password' }, token))).toBe('gateway.wrong_password');
    expect(codeOf(await act('totp/confirm', { code: '000000' }, token))).toBe('gateway.second_factor_not_set_up');
    await act('totp', { password: PASSWORD }, token);
    expect(codeOf(await act('totp/confirm', { code: '000000' }, token))).toBe('gateway.wrong_code');
    expect((await gateway.get('/v1/auth/me', { token })).json()).toMatchObject({ secondFactor: false });
  });

  it('stores neither its secret nor its recovery codes as they are', async () => {
    const { accessToken } = await gateway.register(`ada-${names++}@example.org`);
    const { secret } = (await act('totp', { password: PASSWORD }, accessToken)).json<{ secret: string }>();
    const confirmed = await act('totp/confirm', { code: app(secret)() }, accessToken);
    const { recoveryCodes } = confirmed.json<{ recoveryCodes: string[] }>();
    const database = gateway.app.get<DataSource>(getDataSourceToken('gateway'));
    for (const table of ['gateway_second_factors', 'gateway_inbox', 'gateway_outbox']) {
      const rows = JSON.stringify(await database.query(`SELECT * FROM ${table}`));
      for (const each of [secret, ...recoveryCodes]) expect(rows, table).not.toContain(each);
    }
  });
});

describe('an administrator where a second factor is required', () => {
  it('may do what any user may until there is one', async () => {
    const gateway = await TestGateway.start({ environment: { OPERATOR_SECOND_FACTOR: 'required' } });
    try {
      const session = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session & { withheldRoles: string[] }>();
      expect(session.withheldRoles).toEqual(['admin']);
      const users = (token: string) => gateway.get('/v1/admin/users', { token });
      expect((await users(session.accessToken)).statusCode).toBe(403);
      const refreshed = (await gateway.refresh(session.refreshToken)).json<Session>();
      expect((await users(refreshed.accessToken)).statusCode).toBe(403);

      const token = refreshed.accessToken;
      const begun = await gateway.post('/v1/auth/second-factor/totp', { password: ADMIN.password }, { token });
      const totp = new TOTP({ secret: Secret.fromBase32(begun.json<{ secret: string }>().secret) });
      const code = totp.generate({ timestamp: gateway.clock.now().getTime() });
      const confirmed = await gateway.post('/v1/auth/second-factor/totp/confirm', { code }, { token });
      const { session: strong } = confirmed.json<{ session: Session & { withheldRoles: string[] } }>();
      expect(strong.withheldRoles).toEqual([]);
      expect((await users(strong.accessToken)).statusCode).toBe(200);
      const again = (await gateway.refresh(strong.refreshToken)).json<Session>();
      expect((await users(again.accessToken)).statusCode).toBe(200);
    } finally {
      await gateway.close();
    }
  });
});
