import { runInRequest } from '@aitbc/modulith';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { CommandBus } from '@nestjs/cqrs';
import { getDataSourceToken } from '@nestjs/typeorm';
import { Secret, TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { LockUser } from '../contract/index.js';
import { ForgetThePast } from '../forget-the-past.js';
import { recordPublications } from '../testing/record-publications.js';
import { SoftAuthenticator } from '../testing/soft-authenticator.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';

const MINUTE = 60_000;
const ORIGIN = 'http://localhost:3000';

type StrongSession = Session & { withheldRoles: string[] };

describeEachDatabase('a passkey', (url) => {
  let gateway: TestGateway;
  let names = 0;
  beforeAll(async () => {
    const environment = { OPERATOR_SECOND_FACTOR: 'required' };
    gateway = await TestGateway.start({ databaseUrl: url(), environment });
  });
  afterAll(() => gateway?.close());

  const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code?: string }>().code;
  const someone = () => gateway.register(`ada-${names++}@example.org`);
  const post = (path: string, body: object, token?: string) =>
    gateway.post(`/v1/auth/passkeys${path}`, body, token ? { token } : {});
  const begin = (token: string, password = PASSWORD) => post('/options', { password }, token);
  const optionsFor = async (token: string, password?: string) =>
    (await begin(token, password)).json<{ options: Parameters<SoftAuthenticator['create']>[0] }>().options;
  const keep = (credential: object, token: string) => post('', { name: 'laptop', credential }, token);
  const added = async (session: Session, password?: string) => {
    const device = new SoftAuthenticator(ORIGIN);
    const answer = await keep(device.create(await optionsFor(session.accessToken, password)), session.accessToken);
    expect(answer.statusCode).toBe(201);
    return { device, id: answer.json<{ id: string }>().id };
  };
  const request = async () =>
    (await post('/login/options', {})).json<{ options: Parameters<SoftAuthenticator['get']>[0] }>().options;
  const present = (credential: object) => post('/login', { credential });
  const signIn = async (device: SoftAuthenticator, otherwise?: Parameters<SoftAuthenticator['get']>[1]) =>
    present(device.get(await request(), otherwise));
  const signedIn = async (device: SoftAuthenticator) => (await signIn(device)).json<StrongSession>();

  it('signs its user in, and is listed, renamed and removed', async () => {
    const ada = await someone();
    const published = recordPublications(gateway);
    const { device, id } = await added(ada);
    expect(published.map(({ name }) => name)).toContain('gateway.GatewayAudited');
    const answer = await signIn(device);
    expect(answer.json()).toMatchObject({ user: { id: ada.user.id, email: ada.user.email }, expiresIn: 900 });
    const { accessToken: token } = answer.json<Session>();
    const sessions = (await gateway.get('/v1/auth/sessions', { token })).json<{ items: object[] }>();
    expect(sessions.items[0]).toMatchObject({ method: 'passkey', current: true });
    const renamed = await gateway.server.inject({
      method: 'PATCH',
      url: `/v1/auth/passkeys/${id}`,
      payload: { name: 'desk' },
      headers: { authorization: `Bearer ${token}` },
    });
    expect(renamed.json()).toMatchObject({ id, name: 'desk', synced: false, lastUsedAt: expect.any(String) });
    const list = () => gateway.get('/v1/auth/passkeys', { token });
    expect((await list()).json()).toMatchObject({ items: [{ id, name: 'desk' }], nextCursor: null });
    expect((await gateway.get('/v1/auth/second-factor', { token })).json()).toMatchObject({ totp: false, passkeys: 1 });

    const another = await someone();
    const remove = (by: string) => gateway.delete(`/v1/auth/passkeys/${id}`, { token: by });
    expect(codeOf(await remove(another.accessToken))).toBe('gateway.passkey_not_found');
    expect((await remove(token)).statusCode).toBe(204);
    expect((await list()).statusCode).toBe(401);
    expect(codeOf(await signIn(device))).toBe('gateway.passkey_not_accepted');
  });

  it('gives an administrator the roles that a password alone does not', async () => {
    const weak = (await gateway.login(ADMIN.email, ADMIN.password)).json<StrongSession>();
    expect(weak.withheldRoles).toEqual(['admin']);
    const { device } = await added(weak, ADMIN.password);
    const strong = await signedIn(device);
    expect(strong.withheldRoles).toEqual([]);
    const refreshed = (await gateway.refresh(strong.refreshToken)).json<Session>();
    expect((await gateway.get('/v1/admin/users', { token: refreshed.accessToken })).statusCode).toBe(200);
    expect((await gateway.get('/v1/admin/users', { token: weak.accessToken })).statusCode).toBe(403);
  });

  it('is needed for the next, for its removal and for an authenticator app: the password is not enough', async () => {
    const ada = await someone();
    const { device, id } = await added(ada);
    const totp = (token: string) => gateway.post('/v1/auth/second-factor/totp', { password: PASSWORD }, { token });
    expect(codeOf(await begin(ada.accessToken))).toBe('gateway.passkey_needed');
    expect(codeOf(await totp(ada.accessToken))).toBe('gateway.passkey_needed');
    const removed = await gateway.delete(`/v1/auth/passkeys/${id}`, { token: ada.accessToken });
    expect(codeOf(removed)).toBe('gateway.passkey_needed');
    const strong = await signedIn(device);
    const next = await added(strong);
    expect((await signIn(next.device)).statusCode).toBe(200);
    expect((await totp(strong.accessToken)).statusCode).toBe(201);
  });

  it('is begun with the password, and a code where there is an authenticator app', async () => {
    const ada = await someone();
    expect(codeOf(await begin(ada.accessToken, 'a wrong password'))).toBe('gateway.wrong_password');
    const factor = (path: string, body: object) =>
      gateway.post(`/v1/auth/second-factor/${path}`, body, { token: ada.accessToken });
    const { secret } = (await factor('totp', { password: PASSWORD })).json<{ secret: string }>();
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: gateway.clock.now().getTime() });
    const { session } = (await factor('totp/confirm', { code: code() })).json<{ session: Session }>();
    expect(codeOf(await begin(session.accessToken))).toBe('gateway.wrong_code');
    gateway.clock.advance(30_000);
    const body = { password: PASSWORD, code: code() };
    expect((await post('/options', body, session.accessToken)).statusCode).toBe(200);
  });

  it('is taken once for each challenge, however many replicas it is sent to', async () => {
    const { device } = await added(await someone());
    const answer = device.get(await request());
    const both = await Promise.all([present(answer), present(answer)]);
    expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 410]);
    expect(codeOf(await present(answer))).toBe('gateway.passkey_challenge_invalid');
    // For an authenticator without a counter, only the challenge reveals a replay.
    const uncounted = (await added(await someone())).device;
    const silent = uncounted.get(await request(), { counter: 0 });
    expect((await present(silent)).statusCode).toBe(200);
    expect(codeOf(await present(silent))).toBe('gateway.passkey_challenge_invalid');
  });

  it('does not answer a challenge that is old, another’s or made up', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const { device } = await added(ada);
    const answer = device.get(await request());
    gateway.clock.advance(5 * MINUTE);
    expect(codeOf(await present(answer))).toBe('gateway.passkey_challenge_invalid');
    const options = await optionsFor(bob.accessToken);
    const stolen = await keep(new SoftAuthenticator(ORIGIN).create(options), (await someone()).accessToken);
    expect(codeOf(stolen)).toBe('gateway.passkey_challenge_invalid');
    const forAddition = device.get({ challenge: options.challenge, rpId: 'localhost' });
    expect(codeOf(await present(forAddition))).toBe('gateway.passkey_challenge_invalid');
    for (const challenge of ['', 'AAAA', 'A'.repeat(70)]) {
      expect(codeOf(await present(device.get({ challenge, rpId: 'localhost' })))).toBe(
        'gateway.passkey_challenge_invalid',
      );
    }
  });

  it.each([
    ['another origin', { origin: 'https://localhost.example.org' }],
    ['another site', { rpId: 'example.org' }],
    ['no verification of its user', { verified: false }],
    ['the other ceremony', { type: 'webauthn.create' }],
    ['a user that it does not belong to', { userHandle: Buffer.from('somebody else').toString('base64url') }],
  ])('is refused at the sign-in with %s', async (_, otherwise) => {
    const { device } = await added(await someone());
    const answer = await signIn(device, otherwise);
    expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'gateway.passkey_not_accepted']);
    expect((await signIn(device)).statusCode).toBe(200);
  });

  it('is refused when it is unknown, signed by another key, or counts backwards', async () => {
    const { device } = await added(await someone());
    expect(codeOf(await signIn(new SoftAuthenticator(ORIGIN)))).toBe('gateway.passkey_not_accepted');
    const other = (await added(await someone())).device.get(await request());
    expect(codeOf(await present({ ...other, id: device.id, rawId: device.id }))).toBe('gateway.passkey_not_accepted');
    const asOwner = device.get(await request());
    const foreign = { ...asOwner.response, signature: other.response.signature };
    expect(codeOf(await present({ ...asOwner, response: foreign }))).toBe('gateway.passkey_not_accepted');
    expect((await signIn(device, { counter: 4_000_000_000 })).statusCode).toBe(200);
    expect(codeOf(await signIn(device, { counter: 4_000_000_000 }))).toBe('gateway.passkey_not_accepted');
    expect(codeOf(await signIn(device, { counter: 3 }))).toBe('gateway.passkey_not_accepted');
    expect((await signIn(device, { counter: 4_000_000_001 })).statusCode).toBe(200);
  });

  it.each([
    ['another origin', { origin: 'https://localhost.example.org' }],
    ['another site', { rpId: 'example.org' }],
    ['no verification of its user', { verified: false }],
    ['the other ceremony', { type: 'webauthn.get' }],
    ['certificates', { format: 'android-key' }],
  ])('is not added with %s', async (_, otherwise) => {
    const { accessToken } = await someone();
    const made = new SoftAuthenticator(ORIGIN).create(await optionsFor(accessToken), otherwise);
    expect(codeOf(await keep(made, accessToken))).toBe('gateway.passkey_refused');
  });

  it('belongs to one account, once', async () => {
    const [ada, bob] = [await someone(), await someone()];
    const { device } = await added(ada);
    const again = device.create(await optionsFor(bob.accessToken));
    expect(codeOf(await keep(again, bob.accessToken))).toBe('gateway.passkey_exists');
    const options = await optionsFor(bob.accessToken);
    const made = new SoftAuthenticator(ORIGIN).create(options);
    expect((await keep(made, bob.accessToken)).statusCode).toBe(201);
    expect(codeOf(await keep(made, bob.accessToken))).toBe('gateway.passkey_challenge_invalid');
  });

  it('is refused in a wrong form, by the name of the field', async () => {
    const { device } = await added(await someone());
    const right = device.get(await request());
    const { signature: _, ...unsigned } = right.response;
    const wrong = await present({ ...right, response: unsigned });
    expect(wrong.json()).toMatchObject({ status: 400, errors: [{ field: 'credential.response.signature' }] });
    for (const attestationObject of ['gQ'.repeat(5000), 'AAAA', 'o2NmbXQ']) {
      const { accessToken } = await someone();
      const made = new SoftAuthenticator(ORIGIN).create(await optionsFor(accessToken));
      const broken = { ...made, response: { ...made.response, attestationObject } };
      expect(codeOf(await keep(broken, accessToken))).toBe('gateway.passkey_refused');
    }
  });

  it('leaves nothing behind of a challenge that was not answered, and little of one that was', async () => {
    const database = gateway.app.get<DataSource>(getDataSourceToken('gateway'));
    const stored = async () =>
      (await database.query<object[]>('SELECT challenge_hash FROM gateway_spent_challenges')).length;
    const before = await stored();
    for (let i = 0; i < 5; i++) await request();
    expect(await stored()).toBe(before);
    gateway.clock.advance(120 * MINUTE);
    await gateway.app.get(ForgetThePast).forget(gateway.clock.now());
    expect(await stored()).toBe(0);
  });

  it('does not sign in to an account that is locked', async () => {
    const ada = await someone();
    const { device } = await added(ada);
    const principal = { subject: uuidv7(), roles: ['admin'], scopes: [] };
    const lock = LockUser.of({ userId: ada.user.id, reason: 'stolen' });
    await runInRequest({ principal }, () => gateway.app.get(CommandBus).execute(lock));
    expect(codeOf(await signIn(device))).toBe('gateway.account_locked');
  });
});

describe('a server that browsers do not reach by https and a name', () => {
  it('offers no passkeys, and says why', async () => {
    const gateway = await TestGateway.start({ environment: { PUBLIC_URL: 'http://192.0.2.7:3000' } });
    try {
      const answer = await gateway.post('/v1/auth/passkeys/login/options', {});
      expect(answer.json()).toMatchObject({ status: 409, code: 'gateway.passkeys_unavailable' });
    } finally {
      await gateway.close();
    }
  });
});
