import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { ADMIN, PASSWORD, type Session, TestGateway } from './testing/start-gateway.js';

describeEachDatabase('what happens at the same moment at the gateway', (url) => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({ databaseUrl: url() });
  });
  afterAll(() => gateway.close());

  const atOnce = <T>(times: number, call: (n: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, n) => call(n)));
  const outcomes = (answers: { statusCode: number }[]) => answers.map((each) => each.statusCode).toSorted();
  const register = (email: string, key?: string) =>
    gateway.post(
      '/v1/auth/register',
      { email, password: PASSWORD },
      key ? { headers: { 'idempotency-key': key } } : {},
    );

  it('opens one account when four ask for the same email', async () => {
    expect(outcomes(await atOnce(4, () => register('race@example.org')))).toEqual([201, 409, 409, 409]);
  });

  it('opens an account for each of ten people', async () => {
    expect(outcomes(await atOnce(10, (n) => register(`person-${n}@example.org`)))).toEqual(Array(10).fill(201));
  });

  it('refreshes a session once when its token is used four times', async () => {
    const { refreshToken } = await gateway.register('refresh@example.org');
    const answers = await atOnce(4, () => gateway.refresh(refreshToken));
    expect(outcomes(answers)).toEqual([200, 401, 401, 401]);
    const winner = answers.find((each) => each.statusCode === 200)!.json<Session>();
    expect((await gateway.refresh(winner.refreshToken)).statusCode).toBe(401);
  });

  it('looks at ten of twenty wrong passwords', async () => {
    await gateway.register('guessed@example.org');
    const answers = await atOnce(20, () => gateway.login('guessed@example.org', 'a wrong password'));
    expect(outcomes(answers)).toEqual([...Array<number>(10).fill(401), ...Array<number>(10).fill(429)]);
  });

  it('does once what comes four times with one Idempotency-Key', async () => {
    const codes = (await atOnce(4, () => register('key@example.org', 'key-1'))).map(
      (each) => each.json<{ code?: string }>().code,
    );
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'already_done')).toHaveLength(3);
  });

  it('makes one administrator, however many processes start and however often', async () => {
    const others = await atOnce(2, () => TestGateway.start({ databaseUrl: url() }));
    for (const other of others) {
      expect((await other.login(ADMIN.email, ADMIN.password)).statusCode).toBe(200);
      await other.close();
    }
  });
});
