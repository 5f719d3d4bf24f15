import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { codeIn, Mailbox } from '../testing/mailbox.js';
import { recordPublications } from '../testing/record-publications.js';
import { SoftAuthenticator } from '../testing/soft-authenticator.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from '../testing/start-gateway.js';
import { SendMails } from './send-mails.js';

const MINUTE = 60_000;
const NEW_PASSWORD = 'staple of another horse';

describeEachDatabase('a gateway that sends mail', (url) => {
  let mailbox: Mailbox;
  let gateway: TestGateway;
  let names = 0;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    gateway = await TestGateway.start({ databaseUrl: url(), environment: { SMTP_URL: mailbox.url } });
  });
  afterAll(async () => {
    await gateway?.close();
    await mailbox?.close();
  });

  const newAddress = () => `ada-${names++}@example.org`;
  const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code?: string }>().code;
  const register = (email: string, password = PASSWORD) => gateway.post('/v1/auth/register', { email, password });
  const confirm = (token: string, password = PASSWORD) =>
    gateway.post('/v1/auth/register/confirm', { token, password });
  const forget = (email: string) => gateway.post('/v1/auth/password/forgot', { email });
  const reset = (token: string, newPassword = NEW_PASSWORD) =>
    gateway.post('/v1/auth/password/reset', { token, newPassword });
  const opened = async (email = newAddress()): Promise<Session> => {
    await register(email);
    const answer = await confirm(codeIn(await mailbox.mailTo(email)));
    expect(answer.statusCode).toBe(201);
    return answer.json<Session>();
  };

  describe('registration', () => {
    it('is completed by the code from the mail, once', async () => {
      const email = newAddress();
      const begun = await register(email);
      expect([begun.statusCode, begun.json()]).toEqual([202, { email, confirmation: 'mailed' }]);
      expect(codeOf(await gateway.login(email))).toBe('gateway.wrong_credentials');
      const code = codeIn(await mailbox.mailTo(email));
      const confirmed = await confirm(code);
      expect(confirmed.json()).toMatchObject({ user: { email, emailVerified: true }, expiresIn: 900 });
      expect(codeOf(await confirm(code))).toBe('gateway.mailed_code_invalid');
      expect((await gateway.login(email)).statusCode).toBe(200);
    });

    it('of a taken address is answered as any other, and its owner is told', async () => {
      const { user } = await opened();
      const again = await register(user.email.toUpperCase(), 'a password of somebody else');
      expect([again.statusCode, again.json()]).toEqual([202, { email: user.email, confirmation: 'mailed' }]);
      const mail = await mailbox.mailTo(user.email, 2);
      expect(mail.subject).toBe('You already have an account');
      expect((await gateway.login(user.email)).statusCode).toBe(200);
    });

    it('by somebody else gives them nothing when the owner of the mailbox confirms', async () => {
      const email = newAddress();
      await register(email, 'the intruder knows this one');
      const code = codeIn(await mailbox.mailTo(email));
      expect((await confirm(code)).json()).toMatchObject({ status: 403, code: 'gateway.wrong_password' });
      for (let n = 0; n < 9; n++) await confirm(code, 'a guess of the password');
      expect(codeOf(await confirm(code, 'the intruder knows this one'))).toBe('gateway.mailed_code_invalid');
    });

    it('cannot be completed after a day', async () => {
      const email = newAddress();
      await register(email);
      const code = codeIn(await mailbox.mailTo(email));
      gateway.clock.advance(24 * 60 * MINUTE);
      expect((await confirm(code)).json()).toMatchObject({ status: 410, code: 'gateway.mailed_code_invalid' });
    });

    it('that is begun twice opens one account', async () => {
      const email = newAddress();
      await register(email);
      const first = codeIn(await mailbox.mailTo(email));
      await register(email);
      const second = codeIn(await mailbox.mailTo(email, 2));
      const both = await Promise.all([confirm(first), confirm(second)]);
      expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409]);
    });
  });

  describe('a forgotten password', () => {
    it('is replaced by the code from the mail, which works once and ends every session', async () => {
      const { user, refreshToken, accessToken } = await opened();
      expect((await forget(user.email)).statusCode).toBe(202);
      const code = codeIn(await mailbox.mailTo(user.email, 2));
      const published = recordPublications(gateway);
      expect((await reset(code)).statusCode).toBe(204);
      expect(published.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['gateway.SessionsEnded', 'gateway.GatewayAudited']),
      );
      expect((await reset(code)).json()).toMatchObject({ status: 410, code: 'gateway.mailed_code_invalid' });
      expect(codeOf(await gateway.login(user.email))).toBe('gateway.wrong_credentials');
      expect((await gateway.login(user.email, NEW_PASSWORD)).statusCode).toBe(200);
      expect((await gateway.refresh(refreshToken)).statusCode).toBe(401);
      expect(codeOf(await gateway.get('/v1/auth/me', { token: accessToken }))).toBe('gateway.token_withdrawn');
      expect((await mailbox.mailTo(user.email, 3)).subject).toBe('Your password was changed');
    });

    it('of no account is answered the same, and no mail is sent', async () => {
      const { user } = await opened();
      const unknown = newAddress();
      const answers = [await forget(user.email), await forget(unknown)];
      expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
        [202, ''],
        [202, ''],
      ]);
      await mailbox.mailTo(user.email, 2);
      expect(mailbox.received.filter(({ to }) => to === unknown)).toEqual([]);
    });

    it('cannot be replaced after half an hour, nor by a weak one', async () => {
      const { user } = await opened();
      await forget(user.email);
      const code = codeIn(await mailbox.mailTo(user.email, 2));
      expect((await reset(code, 'Passw0rd2024!')).json()).toMatchObject({
        status: 400,
        errors: [{ field: 'newPassword' }],
      });
      gateway.clock.advance(30 * MINUTE);
      expect((await reset(code)).statusCode).toBe(410);
    });

    it('sends at most five mails an hour to an address', async () => {
      const { user } = await opened();
      for (let n = 0; n < 8; n++) expect((await forget(user.email)).statusCode).toBe(202);
      await gateway.app.get(SendMails).run();
      await mailbox.mailTo(user.email, 5);
      expect(mailbox.received.filter(({ to }) => to === user.email).length).toBeLessThanOrEqual(6);
    });
  });

  it('tries again when the server refuses a mail, and keeps no code once it has left', async () => {
    const email = newAddress();
    mailbox.refuses = true;
    await register(email);
    await gateway.app.get(SendMails).run();
    mailbox.refuses = false;
    expect(mailbox.received.filter(({ to }) => to === email)).toEqual([]);
    const database = gateway.app.get<DataSource>(getDataSourceToken('gateway'));
    const stored = () =>
      database.query<{ sealed_token: string | null; token_hash: string }[]>(
        `SELECT * FROM gateway_mailed_tokens WHERE email = '${email}'`,
      );
    expect((await stored())[0]!.sealed_token).toBeTypeOf('string');
    gateway.clock.advance(10_000);
    await gateway.app.get(SendMails).run();
    const code = codeIn(await mailbox.mailTo(email));
    expect(JSON.stringify(await stored())).not.toContain(code);
    await vi.waitFor(async () => expect((await stored())[0]!.sealed_token).toBeNull());
  });

  it('tells the owner of a passkey that was added, and of a second factor that an operator removed', async () => {
    const email = newAddress();
    const { user, accessToken: token } = await opened(email);
    // Mails requested by strangers do not use up the limit of notices.
    for (let n = 0; n < 6; n++) await forget(email);
    const device = new SoftAuthenticator('http://localhost:3000');
    const begun = await gateway.post('/v1/auth/passkeys/options', { password: PASSWORD }, { token });
    const { options } = begun.json<{ options: Parameters<SoftAuthenticator['create']>[0] }>();
    await gateway.post('/v1/auth/passkeys', { name: 'phone', credential: device.create(options) }, { token });
    const admin = (await gateway.login(ADMIN.email, ADMIN.password)).json<Session>();
    const path = `/v1/admin/users/${user.id}/second-factor/remove`;
    expect((await gateway.post(path, { reason: 'lost' }, { token: admin.accessToken })).statusCode).toBe(200);
    const subjects = () => mailbox.received.filter(({ to }) => to === email).map(({ subject }) => subject);
    await vi.waitFor(() =>
      expect(subjects()).toEqual(
        expect.arrayContaining(['A passkey was added to your account', 'Your second factor was removed']),
      ),
    );
  });
});

describe('a gateway without mail', () => {
  let gateway: TestGateway;
  let session: Session;
  beforeAll(async () => {
    gateway = await TestGateway.start();
    session = await gateway.register('ada@example.org');
  });
  afterAll(() => gateway.close());

  it('says so when a password is to be reset or an address to be verified', async () => {
    const refusal = { status: 409, code: 'gateway.mail_not_configured' };
    const reset = await gateway.post('/v1/auth/password/forgot', { email: 'ada@example.org' });
    expect(reset.json()).toMatchObject(refusal);
    const unknown = await gateway.post('/v1/auth/password/forgot', { email: 'unknown@example.org' });
    expect(unknown.json()).toMatchObject(refusal);
    const { accessToken: token } = session;
    expect((await gateway.post('/v1/auth/email/verification', undefined, { token })).json()).toMatchObject(refusal);
  });
});

describe('a password', () => {
  let gateway: TestGateway;
  let session: Session;
  beforeEach(async () => {
    gateway = await TestGateway.start();
    session = await gateway.register('ada@example.org');
  });
  afterEach(() => gateway.close());

  const change = (currentPassword: string, newPassword: string, token = session.accessToken) =>
    gateway.post('/v1/auth/password', { currentPassword, newPassword }, { token });

  it('is changed by who knows it, and every other session ends', async () => {
    const other = (await gateway.login('ada@example.org')).json<Session>();
    const changed = await change(PASSWORD, NEW_PASSWORD);
    expect(changed.statusCode).toBe(200);
    for (const { accessToken: token } of [session, other]) {
      expect((await gateway.get('/v1/auth/me', { token })).statusCode).toBe(401);
    }
    const { accessToken: token } = changed.json<Session>();
    expect((await gateway.get('/v1/auth/me', { token })).statusCode).toBe(200);
    expect((await gateway.login('ada@example.org')).statusCode).toBe(401);
    expect((await gateway.login('ada@example.org', NEW_PASSWORD)).statusCode).toBe(200);
  });

  it('is not changed by who does not know it, however often they try, and not signed in to', async () => {
    expect((await change('a wrong password', NEW_PASSWORD)).json()).toMatchObject({
      status: 403,
      code: 'gateway.wrong_password',
    });
    for (let n = 0; n < 10; n++) await change('a wrong password', NEW_PASSWORD);
    expect((await change('a wrong password', NEW_PASSWORD)).statusCode).toBe(429);
    expect((await change(PASSWORD, NEW_PASSWORD, 'garbage')).statusCode).toBe(401);
    expect((await gateway.login('ada@example.org')).statusCode).toBe(200);
  });

  it('is not changed to one that is easy to guess', async () => {
    const answer = await change(PASSWORD, '1q2w3e4r5t6y');
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'newPassword' }] });
    expect(answer.body).not.toContain('1q2w3e4r5t6y');
  });
});
