import { currentMessage } from '@aitbc/modulith';
import { Controller, Post } from '@nestjs/common';
import { type Session, PASSWORD, TestGateway } from '../testing/start-gateway.js';

const opened: string[] = [];

@Controller('things')
class ThingsController {
  @Post() async create() {
    const { id, correlationId } = currentMessage()!;
    await new Promise((resolve) => setTimeout(resolve, 20));
    opened.push(id);
    return { id, correlationId };
  }
}

describe('a request with an Idempotency-Key', () => {
  let gateway: TestGateway;
  let ada: Session;
  let grace: Session;

  beforeAll(async () => {
    gateway = await TestGateway.start({
      controllers: [ThingsController],
      permissions: { 'POST /things': 'user' },
    });
    ada = await gateway.register('ada@example.org');
    grace = await gateway.register('grace@example.org');
  });
  afterAll(() => gateway.close());

  const create = (key: string | undefined, body: object, session = ada) =>
    gateway.post('/things', body, {
      token: session.accessToken,
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const register = (email: string, key: string, from = '192.0.2.1') =>
    gateway.post('/v1/auth/register', { email, password: PASSWORD }, { from, headers: { 'idempotency-key': key } });

  it('is what all it causes is known by', async () => {
    const answer = await create('key-0', {});
    expect(answer.json<{ correlationId: string }>().correlationId).toBe(answer.headers['x-request-id']);
  });

  it('seeds the ids of what it sends, per caller and key', async () => {
    const idOf = async (...args: Parameters<typeof create>) => (await create(...args)).json<{ id: string }>().id;
    const first = await idOf('key-1', { a: 1 });
    expect(await idOf('key-1', { a: 1 })).toBe(first);
    const { accessToken: token } = ada;
    const slashed = await gateway.post('/things/', { a: 1 }, { token, headers: { 'idempotency-key': 'key-1' } });
    expect(slashed.json<{ id: string }>().id).toBe(first);
    expect(await idOf('key-2', { a: 1 })).not.toBe(first);
    expect(await idOf('key-1', { a: 1 }, grace)).not.toBe(first);
    expect(await idOf(undefined, { a: 1 })).not.toBe(await idOf(undefined, { a: 1 }));
  });

  it('is another request a day later, though its key is the same, and the same until then', async () => {
    const idOf = async (key: string) => (await create(key, { a: 1 })).json<{ id: string }>().id;
    const first = await idOf('daily');
    gateway.clock.advance(24 * 60 * 60 * 1000 - 1);
    ada = (await gateway.login('ada@example.org')).json<Session>();
    expect(await idOf('daily')).toBe(first);
    gateway.clock.advance(1);
    const next = await idOf('daily');
    expect(next).not.toBe(first);
    expect(await idOf('daily')).toBe(next);
    expect((await create('daily', { a: 2 })).json()).toMatchObject({ code: 'gateway.idempotency_key_reused' });
  });

  it('is refused when the key came with another body before', async () => {
    await create('key-3', { a: 1 });
    expect((await create('key-3', { a: 2 })).json()).toMatchObject({
      status: 422,
      code: 'gateway.idempotency_key_reused',
    });
  });

  it.each(['', 'with blank', 'ü', 'x'.repeat(256)])('is refused when the key is %j', async (key) => {
    const answer = await create(key, {});
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ field: 'Idempotency-Key' }] });
  });

  it('does once what it asks, and says so when the answer was a secret', async () => {
    expect((await register('once@example.org', 'key-4')).statusCode).toBe(201);
    const again = await register('once@example.org', 'key-4');
    expect(again.json()).toMatchObject({ status: 409, code: 'already_done' });
  });

  it('has one effect when it is sent several times at once', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => register('at-once@example.org', 'key-5')));
    const codes = answers.map((each) => (each.statusCode === 201 ? 'created' : each.json<{ code: string }>().code));
    expect(codes.toSorted()).toEqual(['already_done', 'already_done', 'created']);
  });

  it('is judged anew after it was refused', async () => {
    const email = ada.user.email;
    expect((await register(email, 'key-6')).json()).toMatchObject({ code: 'gateway.email_taken' });
    expect((await register(email, 'key-6')).json()).toMatchObject({ code: 'gateway.email_taken' });
  });

  it('is somebody else’s from another address, as long as nobody is signed in', async () => {
    await register('address@example.org', 'key-7');
    const other = await register('address@example.org', 'key-7', '192.0.2.2');
    expect(other.json()).toMatchObject({ code: 'gateway.email_taken' });
  });

  it('signs in again and again, since a session is no copy of another', async () => {
    const login = () => gateway.login('grace@example.org', PASSWORD, { headers: { 'idempotency-key': 'key-8' } });
    expect([(await login()).statusCode, (await login()).statusCode]).toEqual([200, 200]);
  });

  it('leaves the turn to the next when it fails', async () => {
    const bad = () => gateway.post('/v1/auth/register', {}, { headers: { 'idempotency-key': 'key-9' } });
    expect([(await bad()).statusCode, (await bad()).statusCode]).toEqual([400, 400]);
  });
});
