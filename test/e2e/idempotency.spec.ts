import { padAmount } from '@aitbc/platform';
import { randomUUID } from 'node:crypto';
import { doNothing } from '../../src/agents/testing/sample-jobs.js';
import type { Answer } from '../support/api.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { type Booking, fund, type Offer, offerGpu, type Person, settled } from '../support/people.js';
import { System } from '../support/system.js';

const TIMES = 5;

interface Repeatable {
  path: string;
  body: object;
  other: object;
  status: number;
  /** How many effects it has had. */
  effects: () => Promise<number>;
}

describe('a request with an Idempotency-Key', () => {
  let system: System;
  let client: Person;
  let provider: Person;
  let offers: Offer[];
  let funded: Booking;

  beforeAll(async () => {
    system = await System.start();
    [client, provider] = await Promise.all([system.person('client'), system.person('provider')]);
    await fund(client);
    offers = await Promise.all([1, 2, 3].map(() => offerGpu(provider, '1')));
    const body = { walletId: client.wallet.id, durationHours: 1, withoutAgent: true };
    const { id } = (await client.api.post(`/v1/offers/${offers[0]!.id}/bookings`, body)).as<Booking>(202);
    funded = await client.api.until<Booking>(`/v1/bookings/${id}`, ({ status }) => status === 'funded');
  }, 180_000);
  afterAll(() => system?.dispose());

  const bookingOf = (index: number): Repeatable => ({
    path: `/v1/offers/${offers[index]!.id}/bookings`,
    body: { walletId: client.wallet.id, durationHours: 2, withoutAgent: true },
    other: { walletId: client.wallet.id, durationHours: 3, withoutAgent: true },
    status: 202,
    effects: () => count('marketplace_bookings WHERE offer_id = ?', offers[index]!.id),
  });
  let amounts = 0;
  const transfer = (): Repeatable => {
    const amount = `0.00${++amounts}`;
    const to = provider.wallet.address;
    return {
      path: `/v1/wallets/${client.wallet.id}/transfers`,
      body: { to, amount },
      other: { to, amount: '99' },
      status: 202,
      effects: () =>
        count(`wallet_transactions WHERE kind = 'transfer' AND amount = ?`, padAmount(BigInt(amounts) * 10n ** 15n)),
    };
  };
  const job = (): Repeatable => {
    const task = { kind: 'wasm', module: Buffer.from(doNothing()).toString('base64'), stdin: randomUUID() };
    return {
      path: '/v1/jobs',
      body: { bookingId: funded.id, task },
      other: { bookingId: funded.id, task, ttlSeconds: 60 },
      status: 201,
      effects: () => count('agents_tasks WHERE task LIKE ?', `%${task.stdin}%`),
    };
  };

  describe.each([
    ['booking', () => bookingOf(1), () => bookingOf(2)],
    ['transfer', transfer, transfer],
    ['job', job, job],
  ])('for a %s', (_what, one, another) => {
    it('sent again, does nothing new and is answered as before; with another body it is refused', async () => {
      const { path, body, other, status, effects } = one();
      const headers = { 'idempotency-key': randomUUID() };
      const first = (await client.api.post(path, body, headers)).as(status);
      expect((await client.api.post(path, body, headers)).as(status)).toEqual(first);
      expect(await effects()).toBe(1);
      expect((await client.api.post(path, other, headers)).refusal).toEqual({
        status: 422,
        code: 'gateway.idempotency_key_reused',
        fields: [],
      });
      expect(await effects()).toBe(1);
    }, 60_000);

    it(`sent ${TIMES} times at once, happens once and is answered ${TIMES} times`, async () => {
      const { path, body, status, effects } = another();
      const headers = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(Array.from({ length: TIMES }, () => client.api.post(path, body, headers)));
      const [first, ...rest] = answers.map((answer: Answer) => answer.as(status));
      for (const each of rest) expect(each).toEqual(first);
      expect(await effects()).toBe(1);
    }, 60_000);
  });

  it('belongs to its caller and its route: others may use the same', async () => {
    const headers = { 'idempotency-key': 'the-same-for-all' };
    const wallet = { name: 'second', password: 'another horse, another staple' };
    const mine = (await client.api.post('/v1/wallets', wallet, headers)).as<{ id: string }>(201);
    const theirs = (await provider.api.post('/v1/wallets', wallet, headers)).as<{ id: string }>(201);
    expect(theirs.id).not.toBe(mine.id);
    const { path, body, status } = job();
    (await client.api.post(path, body, headers)).as(status);
  }, 60_000);

  it('a refusal leaves no effect behind, and the key stays good for the same request', async () => {
    const { path, body, status, effects } = transfer();
    const headers = { 'idempotency-key': randomUUID() };
    (await client.api.post(`/v1/wallets/${client.wallet.id}/lock`)).as(204);
    expect((await client.api.post(path, body, headers)).refusal.code).toBe('wallet.locked');
    const unlock = { password: client.password, ttlSeconds: 3600 };
    (await client.api.post(`/v1/wallets/${client.wallet.id}/unlock`, unlock)).as(200);
    (await client.api.post(path, body, headers)).as(status);
    expect(await effects()).toBe(1);
  }, 60_000);

  it('a key that is none is refused by name', async () => {
    const { path, body } = job();
    for (const key of ['', 'with blank', 'x'.repeat(256)]) {
      const answer = await client.api.post(path, body, { 'idempotency-key': key });
      expect(answer.refusal, key).toEqual({ status: 400, code: 'validation_failed', fields: ['Idempotency-Key'] });
    }
  });

  it('the bookings are given back', async () => {
    const { items } = (await client.api.get('/v1/bookings')).as<{ items: Booking[] }>(200);
    expect(items).toHaveLength(3);
    for (const { id } of items) {
      await client.api.until<Booking>(`/v1/bookings/${id}`, ({ status }) => status === 'funded');
      (await client.api.post(`/v1/bookings/${id}/cancel`)).as(200);
      await settled(client, id);
    }
  }, 90_000);

  describeClosingAudit(() => system);

  async function count(from: string, value: string | number): Promise<number> {
    const [row] = await system.database.rows<{ n: number }>(`SELECT count(*) AS n FROM ${from}`, [value]);
    return row!.n;
  }
});
