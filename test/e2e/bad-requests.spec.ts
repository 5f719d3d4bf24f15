import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import type { Answer } from '../support/api.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { type Person } from '../support/people.js';
import { refused } from '../support/refused.js';
import { System } from '../support/system.js';

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const MEBIBYTE = 1024 * 1024;

describe('what is no request', () => {
  let system: System;
  let client: Person;

  beforeAll(async () => {
    system = await System.start();
    client = await system.person('client');
  }, 180_000);
  afterAll(() => system?.dispose());

  describe('to the API', () => {
    it('malformed JSON, no JSON, and a body of another kind', async () => {
      const send = (raw: string, type = 'application/json') =>
        client.api.send('POST', '/v1/offers', { raw, headers: { 'content-type': type } });
      expect((await send('{"gpuModel":')).refusal).toEqual(refused(400, 'malformed_json'));
      expect((await send('')).refusal).toMatchObject({ status: 400, code: 'validation_failed' });
      expect((await send('gpuModel=A100', 'application/x-www-form-urlencoded')).refusal).toEqual(
        refused(415, 'unsupported_media_type'),
      );
      expect((await send('a=b', 'text/csv')).refusal).toEqual(refused(415, 'unsupported_media_type'));
      for (const raw of ['[]', '"text"', 'null', '7']) expect((await send(raw)).refusal.status, raw).toBe(400);
    });

    it('bodies that would cost more to read than they are worth', async () => {
      const register = (raw: string) => system.api.send('POST', '/v1/auth/register', { raw });
      const keys = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`k${at}`, 0]));
      const many = await register(JSON.stringify(keys));
      expect(many.refusal.fields).toHaveLength(20);
      expect(many.refusal.fields.slice(0, 2)).toEqual(['email', 'password']);
      expect((await register(JSON.stringify({ ...keys, list: Array(100).fill(0) }))).refusal).toEqual(
        refused(413, 'body_too_complex'),
      );
      expect((await register('['.repeat(15_000))).refusal).toEqual(refused(413, 'body_too_complex'));
      expect((await register(JSON.stringify({ email: 'x'.repeat(16 * 1024) }))).refusal).toEqual(
        refused(413, 'body_too_large'),
      );
      const zeros = await client.api.send('POST', '/v1/offers', { raw: `[${'0,'.repeat(500_000)}0]` });
      expect(zeros.refusal).toEqual(refused(413, 'body_too_complex'));
    });

    it('a body that is too large, on a usual route and on the one for jobs', async () => {
      const large = (size: number) => JSON.stringify({ name: 'x'.repeat(size) });
      const usual = await client.api.send('POST', '/v1/wallets', { raw: large(MEBIBYTE) });
      expect(usual.refusal).toEqual(refused(413, 'body_too_large'));
      const job = await client.api.send('POST', '/v1/jobs', { raw: large(2 * MEBIBYTE) });
      expect(job.refusal).toEqual(refused(413, 'body_too_large'));
    });

    it('fields that nobody knows, at the top and further in', async () => {
      const offer = await client.api.post('/v1/wallets', {
        name: 'x',
        password: 'long enough, and odd',
        owner: client.id,
      });
      expect(offer.refusal).toEqual(refused(400, 'validation_failed', 'owner'));
      const task = { kind: 'wasm', module: 'AGFzbQ==', shell: 'sh' };
      const job = await client.api.post('/v1/jobs', { bookingId: NOBODYS_ID, task });
      expect(job.refusal).toEqual(refused(400, 'validation_failed', 'task.shell'));
      const query = await client.api.get('/v1/offers?owner=me');
      expect(query.refusal).toEqual(refused(400, 'validation_failed', 'owner'));
      const polluted = await client.api.send('POST', '/v1/wallets', { raw: '{"__proto__":{"name":"x"}}' });
      expect(polluted.refusal.status).toBe(400);
    });

    it('paths and queries of the wrong shape', async () => {
      const cases: [string, string][] = [
        ['/v1/wallets/7', 'id'],
        ['/v1/offers/not-an-id', 'id'],
        ['/v1/bookings/%00', 'id'],
        ['/v1/offers?status=sold', 'status'],
        ['/v1/offers?limit=0', 'limit'],
        ['/v1/offers?limit=101', 'limit'],
        ['/v1/offers?limit=ten', 'limit'],
        ['/v1/offers?cursor=%7Bbroken', 'cursor'],
        ['/v1/offers?maxPricePerHour=cheap', 'maxPricePerHour'],
        ['/v1/offers?sort=price', 'sort'],
        ['/v1/bookings?status=sold', 'status'],
        ['/v1/jobs?bookingId=7', 'bookingId'],
        ['/v1/chain/accounts/0x12', 'address'],
        ['/v1/chain/transactions/0x12', 'hash'],
        ['/v1/chain/blocks/latest-one', 'block'],
      ];
      for (const [path, field] of cases) {
        expect((await client.api.get(path)).refusal, path).toEqual(refused(400, 'validation_failed', field));
      }
      const twice = await client.api.get('/v1/offers?status=available&status=reserved');
      expect(twice.refusal).toEqual(refused(400, 'validation_failed', 'status'));
    });

    it('routes and methods that do not exist', async () => {
      const { api } = client;
      for (const answer of [
        await api.get('/v1/nothing'),
        await api.get('/v1'),
        await api.get('/v1/offers/../../etc/passwd'),
        await api.get('/docs/../../../../etc/passwd'),
      ]) {
        expect(answer.refusal).toEqual(refused(404, 'not_found'));
      }
      for (const [method, path, allow] of [
        ['DELETE', `/v1/wallets/${client.wallet.id}`, 'GET, HEAD'],
        ['PATCH', '/v1/offers', 'GET, HEAD, POST'],
      ] as const) {
        const answer = await api.send(method, path);
        expect(answer.refusal).toEqual(refused(405, 'method_not_allowed'));
        expect(answer.headers.get('allow')).toBe(allow);
      }
      expect((await api.get('/v1/offers/%E0%A4%A')).refusal.status).toBe(400);
    });

    it('every answer, refusals included, carries the security headers and a request id', async () => {
      const answers = [await client.api.get('/v1/nothing'), await client.api.get('/v1/auth/me')];
      for (const { headers } of answers) {
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('x-request-id')).toMatch(/\S{8,}/);
        expect(headers.get('x-powered-by')).toBeNull();
      }
      const named = await client.api.with({ 'x-request-id': 'asked-by-a-test-1' }).get('/v1/nothing');
      expect(named.json).toMatchObject({ requestId: 'asked-by-a-test-1' });
    });
  });

  describe('to the JSON-RPC', () => {
    const raw = (transaction: unknown) =>
      system.api.post('/rpc', { jsonrpc: '2.0', id: 1, method: 'eth_sendRawTransaction', params: [transaction] });
    const errorOf = (answer: Answer) => answer.as<{ error?: { code: number; message: string } }>(200).error;

    it('are refused with the codes that tools know', async () => {
      expect(errorOf(await raw('0x'))).toMatchObject({ code: -32000 });
      expect(errorOf(await raw('zz'))).toMatchObject({ code: -32602 });
      expect(errorOf(await raw(7))).toMatchObject({ code: -32602 });
      expect(errorOf(await raw(undefined))).toMatchObject({ code: -32602 });
      expect(errorOf(await raw('0x02deadbeef'))).toMatchObject({ code: -32000 });
    });

    it('among them those for another chain and those that cannot be paid', async () => {
      const account = privateKeyToAccount(generatePrivateKey());
      const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 10n ** 9n, gas: 21_000n };
      const transfer = { ...fees, to: account.address, value: 1n, nonce: 0, type: 'eip1559' } as const;
      const foreign = await account.signTransaction({ ...transfer, chainId: 1 });
      expect(errorOf(await raw(foreign))).toMatchObject({ code: -32000, message: expect.stringMatching(/chain/i) });
      const broke = await account.signTransaction({ ...transfer, chainId: 7733 });
      expect(errorOf(await raw(broke))).toMatchObject({
        code: -32000,
        message: expect.stringMatching(/insufficient funds/),
      });
    });
  });

  describeClosingAudit(() => system);
});
