import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import {
  doNothing,
  eatMemory,
  exitWith,
  floodOutput,
  loopForever,
  printText,
  trap,
} from '../../src/agents/testing/sample-jobs.js';
import type { Answer } from '../support/api.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { HandAgent } from '../support/hand-agent.js';
import {
  balanceOf,
  book,
  bookFunded,
  type Booking,
  fund,
  type Job,
  jobEnded,
  type Offer,
  offerGpu,
  type Person,
  registerAgent,
  settled,
  submitWasm,
} from '../support/people.js';
import { System } from '../support/system.js';

const NOBODYS_ID = '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6071';
const MEBIBYTE = 1024 * 1024;

const refused = (status: number, code: string, ...fields: string[]) => ({ status, code, fields });

describe('where the main job branches off', () => {
  let system: System;
  let provider: Person;
  let client: Person;
  let rival: Person;

  beforeAll(async () => {
    system = await System.start();
    [provider, client, rival] = await Promise.all([
      system.person('provider'),
      system.person('client'),
      system.person('rival'),
    ]);
    await Promise.all([fund(client), fund(rival)]);
  }, 180_000);
  afterAll(() => system?.dispose());

  describe('signing in', () => {
    it('a wrong password and an unknown email are the same refusal', async () => {
      const wrong = await system.api.post('/v1/auth/login', { email: client.email, password: 'not this one, sorry' });
      const unknown = await system.api.post('/v1/auth/login', { email: 'x@example.org', password: 'not this, sorry' });
      expect(wrong.refusal).toEqual(refused(401, 'gateway.wrong_credentials'));
      expect(unknown.refusal).toEqual(wrong.refusal);
    }, 60_000);

    it('an email that is taken and a password that is easy to guess are refused', async () => {
      const taken = { email: client.email.toUpperCase(), password: 'another fine password' };
      expect((await system.api.post('/v1/auth/register', taken)).refusal).toEqual(refused(409, 'gateway.email_taken'));
      const easy = { email: 'new@example.org', password: 'aaaaaaaaaaaaaaaa' };
      expect((await system.api.post('/v1/auth/register', easy)).refusal).toEqual(
        refused(400, 'validation_failed', 'password'),
      );
    }, 60_000);

    it('garbage, a token with another signature and one that has expired are refused', async () => {
      const [header, , signature] = client.api.token.split('.');
      const claims = { sub: client.id, roles: ['admin'], exp: 4_000_000_000 };
      const forged = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
      const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${forged.split('.')[1]}.`;
      for (const token of ['garbage', 'a.b.c', forged, unsigned]) {
        const answer = await system.api.as(token).get('/v1/auth/me');
        expect(answer.refusal, token).toEqual(refused(401, 'gateway.invalid_token'));
        expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      }
    });

    it('a refresh token works once; when it comes again, its whole family is over', async () => {
      type Session = { refreshToken: string };
      const { email, password } = rival;
      const first = (await system.api.post('/v1/auth/login', { email, password })).as<Session>(200);
      const { refreshToken } = first;
      const second = (await system.api.post('/v1/auth/refresh', { refreshToken })).as<Session>(200);
      expect((await system.api.post('/v1/auth/refresh', { refreshToken })).refusal).toEqual(
        refused(401, 'gateway.refresh_token_reused'),
      );
      const after = await system.api.post('/v1/auth/refresh', { refreshToken: second.refreshToken });
      expect(after.refusal.status).toBe(401);
    }, 60_000);
  });

  describe('wallets', () => {
    it('a wrong password does not unlock', async () => {
      const { wallet, api } = await lockedCopyOf(client);
      expect((await api.post(`/v1/wallets/${wallet.id}/unlock`, { password: 'not this one' })).refusal).toEqual(
        refused(401, 'wallet.wrong_password'),
      );
    }, 60_000);

    it("somebody else's wallet does not exist", async () => {
      const { id } = client.wallet;
      const to = rival.wallet.address;
      for (const answer of [
        await rival.api.get(`/v1/wallets/${id}`),
        await rival.api.post(`/v1/wallets/${id}/unlock`, { password: client.password }),
        await rival.api.post(`/v1/wallets/${id}/transfers`, { to, amount: '1' }),
        await rival.api.get(`/v1/wallets/${id}/ledger`),
      ]) {
        expect(answer.refusal).toEqual(refused(404, 'wallet.not_found'));
      }
    }, 60_000);

    it('a locked wallet signs nothing', async () => {
      const { wallet, api } = await lockedCopyOf(client);
      const to = rival.wallet.address;
      expect((await api.post(`/v1/wallets/${wallet.id}/transfers`, { to, amount: '1' })).refusal).toEqual(
        refused(409, 'wallet.locked'),
      );
      const offer = await offerGpu(provider);
      expect((await book({ ...client, wallet }, offer)).refusal).toEqual(refused(409, 'wallet.locked'));
      await expectAvailable(offer);
    }, 60_000);

    it('who has too little neither sends nor books, and the offer stays available', async () => {
      const to = client.wallet.address;
      const { id } = provider.wallet;
      expect((await provider.api.post(`/v1/wallets/${id}/transfers`, { to, amount: '1' })).refusal).toEqual(
        refused(422, 'wallet.insufficient_funds'),
      );
      // The price alone could be paid; price and gas cannot.
      const offer = await offerGpu(provider, await balanceOf(client));
      expect((await book(client, offer)).refusal).toEqual(refused(422, 'wallet.insufficient_funds'));
      await expectAvailable(offer);
      const { items } = (await client.api.get('/v1/bookings')).as<{ items: Booking[] }>(200);
      expect(items.filter(({ offerId }) => offerId === offer.id)).toEqual([]);
    }, 60_000);

    it('amounts and addresses that are none are refused by name', async () => {
      const path = `/v1/wallets/${client.wallet.id}/transfers`;
      const to = rival.wallet.address;
      for (const amount of ['0', '-1', '1e3', '0.0000000000000000001', 1, null, '1,5', '']) {
        const answer = await client.api.post(path, { to, amount });
        expect(answer.refusal, String(amount)).toEqual(refused(400, 'validation_failed', 'amount'));
      }
      for (const wrong of ['0x12', to.replace(/[a-f]/i, flipCase), 7]) {
        const answer = await client.api.post(path, { to: wrong, amount: '1' });
        expect(answer.refusal, String(wrong)).toEqual(refused(400, 'validation_failed', 'to'));
      }
    });
  });

  describe('booking', () => {
    it('when two book at once, one wins and the other keeps the money', async () => {
      const offer = await offerGpu(provider, '1');
      const answers = await Promise.all([book(client, offer), book(rival, offer)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
      const loser = answers.find(({ status }) => status === 409)!;
      expect(loser.refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
      const winner = answers[0]!.status === 202 ? client : rival;
      const { id } = answers.find(({ status }) => status === 202)!.as<Booking>(202);
      await winner.api.until<Booking>(`/v1/bookings/${id}`, ({ status }) => status === 'funded');
      expect((await book(client, offer)).refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
      expect((await provider.api.post(`/v1/offers/${offer.id}/cancel`)).refusal).toEqual(
        refused(409, 'marketplace.offer_not_cancellable'),
      );
      (await winner.api.post(`/v1/bookings/${id}/cancel`)).as(200);
      await settled(winner, id);
    }, 90_000);

    it('an offer that is unknown or delisted is not booked', async () => {
      const unknown = await client.api.post(`/v1/offers/${NOBODYS_ID}/bookings`, {
        walletId: client.wallet.id,
        durationHours: 1,
      });
      expect(unknown.refusal).toEqual(refused(404, 'marketplace.offer_not_found'));
      const offer = await offerGpu(provider);
      (await provider.api.post(`/v1/offers/${offer.id}/cancel`)).as(200);
      expect((await book(client, offer)).refusal).toEqual(refused(409, 'marketplace.offer_unavailable'));
    });

    it("nobody books with somebody else's wallet, or for hours that are none", async () => {
      const offer = await offerGpu(provider);
      const path = `/v1/offers/${offer.id}/bookings`;
      const foreign = await client.api.post(path, { walletId: rival.wallet.id, durationHours: 1 });
      expect(foreign.refusal).toEqual(refused(404, 'wallet.not_found'));
      for (const durationHours of [0, -1, 1.5, 8761, '1', null, undefined]) {
        const answer = await client.api.post(path, { walletId: client.wallet.id, durationHours });
        expect(answer.refusal, String(durationHours)).toEqual(refused(400, 'validation_failed', 'durationHours'));
      }
      const both = { walletId: client.wallet.id, clientAddress: client.wallet.address, durationHours: 1 };
      expect((await client.api.post(path, both)).refusal).toEqual(refused(400, 'validation_failed', 'clientAddress'));
      expect((await client.api.post(path, { durationHours: 1 })).refusal).toEqual(
        refused(400, 'validation_failed', 'walletId'),
      );
      await expectAvailable(offer);
    });

    it('a funded booking that is cancelled gives all the money back', async () => {
      const offer = await offerGpu(provider, '3');
      const booking = await bookFunded(client, offer);
      expect((await provider.api.post(`/v1/bookings/${booking.id}/cancel`)).refusal).toEqual(
        refused(403, 'marketplace.only_client_may'),
      );
      (await client.api.post(`/v1/bookings/${booking.id}/cancel`)).as(200);
      const { status, payout } = await settled(client, booking.id);
      expect({ status, payout }).toEqual({
        status: 'cancelled',
        payout: { toProvider: '0', toTreasury: '0', toClient: '3' },
      });
      await expectAvailable(offer);
      expect((await client.api.post(`/v1/bookings/${booking.id}/cancel`)).refusal).toEqual(
        refused(409, 'marketplace.booking_action_not_possible'),
      );
      expect((await submitWasm(client, booking.id, doNothing())).refusal).toEqual(
        refused(409, 'agents.booking_not_open'),
      );
    }, 90_000);
  });

  describe('while a job runs', () => {
    let offer: Offer;
    let booking: Booking;
    let holder: HandAgent;
    let other: HandAgent;

    beforeAll(async () => {
      offer = await offerGpu(provider, '4');
      [holder, other] = await Promise.all([
        HandAgent.register(provider, [offer.id]),
        HandAgent.register(provider, [offer.id]),
      ]);
      booking = await bookFunded(client, offer, 3);
    }, 90_000);

    it('an agent without a key gets no job', async () => {
      const { id, token } = await registerAgent(provider, [offer.id]);
      expect((await system.api.as(token).post(`/v1/agents/${id}/jobs/next`, { waitSeconds: 0 })).refusal).toEqual(
        refused(409, 'agents.key_missing'),
      );
    });

    it('the result of another agent is refused, and the holder brings its own', async () => {
      const { id } = (await submitWasm(client, booking.id, doNothing())).as<Job>(201);
      expect((await client.api.get(`/v1/jobs/${id}/result`)).refusal).toEqual(refused(409, 'agents.job_not_finished'));
      const assignment = await holder.take();
      expect((await other.bring(assignment, 'forged')).refusal).toEqual(refused(404, 'agents.job_not_found'));
      (await holder.bring(assignment, 'genuine')).as(204);
      // The same again, as after an answer that was lost, changes nothing; something else does not either.
      expect((await holder.bring(assignment, 'other')).refusal).toEqual(refused(409, 'agents.attempt_not_held'));
      const { stdout } = (await client.api.get(`/v1/jobs/${id}/result`)).as<{ stdout: string }>(200);
      expect(stdout).toBe('genuine');
    }, 60_000);

    it('a late result does not revive a cancelled job', async () => {
      const { id } = (await submitWasm(client, booking.id, doNothing())).as<Job>(201);
      const assignment = await holder.take();
      expect((await client.api.post(`/v1/jobs/${id}/cancel`)).as<Job>(200).status).toBe('cancelled');
      expect((await holder.bring(assignment, 'late')).refusal).toEqual(refused(409, 'agents.attempt_not_held'));
      expect((await client.api.get(`/v1/jobs/${id}`)).as<Job>(200).status).toBe('cancelled');
      expect((await client.api.get(`/v1/jobs/${id}/result`)).refusal).toEqual(refused(410, 'agents.no_result'));
      expect((await client.api.get(`/v1/jobs/${id}/receipt`)).refusal).toEqual(refused(410, 'agents.no_result'));
      const { attempt, jobId } = assignment;
      const { released } = (
        await holder.api.post(`/v1/agents/${holder.id}/heartbeat`, { attempts: [{ jobId, attempt }] })
      ).as<{ released: unknown[] }>(200);
      expect(released).toEqual([{ jobId, attempt }]);
    }, 60_000);

    it('a job that nobody takes expires, and an expired one has no result', async () => {
      const idle = await offerGpu(provider, '0.1');
      const { id: bookingId } = await bookFunded(client, idle);
      const { id } = (await submitWasm(client, bookingId, doNothing(), { ttlSeconds: 1 })).as<Job>(201);
      expect(await jobEnded(client, id)).toMatchObject({ status: 'expired', failure: { code: 'agents.job_expired' } });
      expect((await client.api.get(`/v1/jobs/${id}/result`)).refusal).toEqual(refused(410, 'agents.no_result'));
      (await client.api.post(`/v1/bookings/${bookingId}/cancel`)).as(200);
      await settled(client, bookingId);
    }, 90_000);

    it('an active booking that is cancelled pays the hours that have begun', async () => {
      const { id } = (await submitWasm(client, booking.id, doNothing())).as<Job>(201);
      const assignment = await holder.take();
      (await client.api.post(`/v1/bookings/${booking.id}/cancel`)).as(200);
      const { status, payout } = await settled(client, booking.id);
      expect({ status, payout }).toEqual({
        status: 'settled',
        payout: { toProvider: '3.9', toTreasury: '0.1', toClient: '8' },
      });
      expect(await jobEnded(client, id)).toMatchObject({ status: 'cancelled' });
      expect((await holder.bring(assignment, 'late')).refusal).toEqual(refused(409, 'agents.attempt_not_held'));
    }, 90_000);
  });

  describe('a dispute', () => {
    it('freezes the money until the operator decides', async () => {
      const offer = await offerGpu(provider, '8');
      const agent = await HandAgent.register(provider, [offer.id]);
      const booking = await bookFunded(client, offer);
      const path = `/v1/bookings/${booking.id}`;
      const reason = 'Every job failed.';
      expect((await client.api.post(`${path}/dispute`, { reason })).refusal).toEqual(
        refused(409, 'marketplace.booking_action_not_possible'),
      );
      (await submitWasm(client, booking.id, doNothing())).as(201);
      await agent.bring(await agent.take(), 'done');
      await client.api.until<Booking>(path, ({ status }) => status === 'active');
      expect((await rival.api.post(`${path}/dispute`, { reason })).refusal).toEqual(
        refused(404, 'marketplace.booking_not_found'),
      );
      expect((await client.api.post(`${path}/dispute`, { reason })).as<Booking>(200)).toMatchObject({
        status: 'disputed',
        dispute: { by: 'client', reason },
      });
      for (const act of ['cancel', 'complete']) {
        expect((await client.api.post(`${path}/${act}`)).refusal, act).toEqual(
          refused(409, 'marketplace.booking_action_not_possible'),
        );
      }
      const admin = await system.admin();
      const decision = `/v1/admin/bookings/${booking.id}/decision`;
      expect((await client.api.post(decision, { providerShare: 0 })).refusal).toEqual(refused(403, 'forbidden'));
      expect((await admin.post(decision, { providerGross: '8.1' })).refusal).toEqual(
        refused(422, 'marketplace.decision_exceeds_total', 'providerGross'),
      );
      expect((await admin.post(decision, { providerShare: 10_001 })).refusal).toEqual(
        refused(400, 'validation_failed', 'providerShare'),
      );
      (await admin.post(decision, { providerShare: 2500 })).as(200);
      const { status, payout } = await settled(client, booking.id);
      expect({ status, payout }).toEqual({
        status: 'settled',
        payout: { toProvider: '1.95', toTreasury: '0.05', toClient: '6' },
      });
    }, 120_000);
  });

  describe('WebAssembly', () => {
    let booking: Booking;

    beforeAll(async () => {
      const offer = await offerGpu(provider, '1');
      const { token } = await registerAgent(provider, [offer.id]);
      system.startAgent(token, 'strict', { AITBC_AGENT_JOB_MS: '5000', AITBC_AGENT_JOB_MEMORY_MIB: '64' });
      booking = await bookFunded(client, offer);
    }, 90_000);

    it('what is no module is refused at once, by name', async () => {
      const text = (bytes: number[]) => Uint8Array.from(bytes);
      const cases: [string, string | Uint8Array, ReturnType<typeof refused>][] = [
        ['no base64', '%%%%', refused(400, 'validation_failed', 'task.module')],
        ['nothing', '', refused(400, 'validation_failed', 'task.module')],
        ['no magic number', text([1, 2, 3, 4, 5, 6]), refused(422, 'agents.wasm_malformed', 'task.module')],
        ['a header only', text([0, 97, 115, 109, 1, 0, 0, 0]), refused(422, 'agents.wasm_no_entry', 'task.module')],
        ['cut off', doNothing().slice(0, -3), refused(422, 'agents.wasm_malformed', 'task.module')],
        ['too large', new Uint8Array(MEBIBYTE + 1), refused(413, 'agents.wasm_too_large', 'task.module')],
      ];
      for (const [what, module, expected] of cases) {
        expect((await submitWasm(client, booking.id, module)).refusal, what).toEqual(expected);
      }
      const { items } = (await client.api.get(`/v1/jobs?bookingId=${booking.id}`)).as<{ items: Job[] }>(200);
      expect(items).toEqual([]);
    });

    it.each([
      ['an endless loop', loopForever, 'agents.wasm_time_exceeded'],
      ['a memory bomb', eatMemory, 'agents.wasm_memory_exceeded'],
      ['a flood of output', floodOutput, 'agents.wasm_output_exceeded'],
      ['a trap', trap, 'agents.wasm_trapped'],
    ])(
      '%s ends as what it is, at the first attempt',
      async (_what, module, code) => {
        const { id } = (await submitWasm(client, booking.id, module())).as<Job>(201);
        const job = await jobEnded(client, id);
        expect(job).toMatchObject({ status: 'failed', failure: { code } });
        expect(job.attempts).toHaveLength(1);
        expect((await client.api.get(`/v1/jobs/${id}/result`)).refusal).toEqual(refused(410, 'agents.no_result'));
      },
      90_000,
    );

    it('the agent goes on: the next jobs complete, whatever their exit code', async () => {
      const { id } = (await submitWasm(client, booking.id, printText('still here'))).as<Job>(201);
      const failing = (await submitWasm(client, booking.id, exitWith(3))).as<Job>(201);
      expect((await jobEnded(client, id)).status).toBe('completed');
      expect((await client.api.get(`/v1/jobs/${id}/result`)).as(200)).toMatchObject({ stdout: 'still here' });
      expect((await jobEnded(client, failing.id)).status).toBe('completed');
      expect((await client.api.get(`/v1/jobs/${failing.id}/result`)).as(200)).toMatchObject({ exitCode: 3 });
      (await client.api.post(`/v1/bookings/${booking.id}/complete`)).as(200);
      await settled(client, booking.id);
    }, 90_000);
  });

  describe('what is no request', () => {
    it('malformed JSON, no JSON, and a body of another kind', async () => {
      const send = (raw: string, type = 'application/json') =>
        client.api.send('POST', '/v1/offers', { raw, headers: { 'content-type': type } });
      expect((await send('{"gpuModel":')).refusal).toEqual(refused(400, 'malformed_json'));
      expect((await send('')).refusal).toEqual(refused(400, 'malformed_json'));
      expect((await send('a=b', 'text/csv')).refusal).toEqual(refused(415, 'unsupported_media_type'));
      for (const raw of ['[]', '"text"', 'null', '7']) expect((await send(raw)).refusal.status, raw).toBe(400);
    });

    it('a body that is too large, on a usual route and on the one for jobs', async () => {
      const large = (size: number) => JSON.stringify({ name: 'x'.repeat(size) });
      const usual = await client.api.send('POST', '/v1/wallets', { raw: large(MEBIBYTE) });
      expect(usual.refusal).toEqual(refused(413, 'body_too_large'));
      const job = await client.api.send('POST', '/v1/jobs', { raw: large(2 * MEBIBYTE) });
      expect(job.refusal).toEqual(refused(413, 'body_too_large'));
    });

    it('fields that nobody knows, at the top and further in', async () => {
      const offer = await client.api.post('/v1/wallets', { name: 'x', password: 'long enough', owner: provider.id });
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
        await api.get('/'),
        await api.send('DELETE', `/v1/wallets/${client.wallet.id}`),
        await api.send('PATCH', '/v1/offers'),
        await api.get('/v1/offers/../../etc/passwd'),
        await api.get('/docs/../../../../etc/passwd'),
      ]) {
        expect(answer.refusal).toEqual(refused(404, 'not_found'));
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

  describe('transactions that are none', () => {
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

  async function expectAvailable(offer: Offer): Promise<void> {
    expect((await client.api.get(`/v1/offers/${offer.id}`)).as<Offer>(200).status).toBe('available');
  }

  /** Another wallet of the same person, never unlocked. */
  async function lockedCopyOf({ api, password }: Person): Promise<Pick<Person, 'wallet' | 'api'>> {
    return { api, wallet: (await api.post('/v1/wallets', { name: 'locked', password })).as<Person['wallet']>(201) };
  }
});

const flipCase = (letter: string) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
