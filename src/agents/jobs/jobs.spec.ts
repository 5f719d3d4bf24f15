import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { type Page, readMetrics } from '@aitbc/platform';
import { limitFlag } from '@aitbc/platform/testing/limit-flag.js';
import { getRepositoryToken } from '@nestjs/typeorm';
import type { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { BookingEnded, type BookingView, GetBooking } from '../../marketplace/contract/index.js';
import {
  AgentsAudited,
  type AgentsSummaryView,
  type AgentView,
  type AttemptRef,
  BookingClosed,
  CancelJob,
  CancelJobAsOperator,
  CountAgents,
  GetAgent,
  GetAgentsSummary,
  GetAssignment,
  GetJobResult,
  GetJobUsage,
  GetOfferPresence,
  GetReceipt,
  IsJobWaiting,
  JobAssigned,
  JobChanged,
  JobFinished,
  JobResultView,
  type JobUsageView,
  type JobView,
  ListAgents,
  ListJobs,
  type RegisteredAgentView,
  RekeyAgent,
  RenameAgent,
  RequeueJob,
  RetireAgent,
  SetAgentKey,
  type SignedReceiptView,
  WasmTask,
} from '../contract/index.js';
import { AgentCounts } from '../agent-counts.js';
import { Job } from './job.entity.js';
import { checkReceipt } from '../receipts/check-receipt.js';
import {
  AgentsScenario,
  client,
  CLIENT,
  CLIENT_ADDRESS,
  operator,
  provider,
  PROVIDER,
  PROVIDER_ADDRESS,
  stranger,
  type TestAgent,
} from '../testing/agents-scenario.js';

const code = (expected: string) => expect.objectContaining({ code: expected });
const otherKey = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
/** Points for which signatures of any text can be forged without a key, and one that is not on the curve. */
const unsoundKeys = [
  'A'.repeat(43),
  `AQ${'A'.repeat(41)}`,
  '7P_______________________________________38',
  `Ag${'A'.repeat(41)}`,
];

describeEachDatabase('jobs and agents', (url) => {
  let scenario: AgentsScenario;
  let agent: TestAgent;

  beforeAll(async () => {
    scenario = await AgentsScenario.start(url());
  });
  afterAll(() => scenario.app.close());
  beforeEach(async () => {
    scenario.offerIds.push(uuidv7());
    agent = await scenario.agent();
  });

  const taken = async (by = agent): Promise<AttemptRef> => {
    await scenario.queuedJob();
    return (await scenario.take(by))!;
  };
  const finished = (jobId: string) => scenario.app.published(JobFinished).filter((event) => event.jobId === jobId);

  describe('an agent', () => {
    it('is registered for offers of its owner, and its token is shown', async () => {
      const { agent: view, token } = await scenario.register({ name: 'rack 13', concurrency: 2, region: 'eu-west' });
      expect(view).toMatchObject({
        ownerId: PROVIDER,
        name: 'rack 13',
        concurrency: 2,
        publicKey: null,
        status: 'offline',
      });
      expect(token).toBe(`token-of-${view.id}-rack 13`);
    });

    it('is refused for offers of others and for offers that do not exist', async () => {
      await expect(scenario.register({}, stranger)).rejects.toThrow(code('agents.offer_not_owned'));
      const absent = scenario.register({ offerIds: [uuidv7()] });
      await expect(absent).rejects.toThrow(code('marketplace.offer_not_found'));
    });

    it('is one of at most as many as its owner may have; past the limit no token is issued', async () => {
      scenario.flags.replace([limitFlag('agents-per-user', 0)], 1);
      const issued = scenario.tokensFor.length;
      await expect(scenario.register()).rejects.toMatchObject({
        code: 'limit_reached',
        details: { limit: 'agents-per-user', most: 0 },
      });
      expect(scenario.tokensFor).toHaveLength(issued);
      scenario.flags.replace([], 2);
    });

    it('sets its key once; only its owner replaces it', async () => {
      const set = (publicKey: string, as = agent.principal) =>
        scenario.app.execute<AgentView>(SetAgentKey.of({ agentId: agent.id, publicKey }), { as });
      await expect(set(otherKey)).rejects.toThrow(code('agents.key_already_set'));
      await expect(set(otherKey, stranger)).rejects.toThrow(code('agents.agent_not_found'));
      expect((await set(otherKey, provider)).publicKey).toBe(otherKey);
    });

    it.each(unsoundKeys)('is refused the key %s', async (publicKey) => {
      const set = SetAgentKey.of({ agentId: agent.id, publicKey });
      for (const as of [agent.principal, provider]) {
        await expect(scenario.app.execute(set, { as })).rejects.toThrow(code('agents.weak_key'));
      }
    });

    it('is renamed, re-keyed and retired by its owner only', async () => {
      const agentId = agent.id;
      const acts = [
        RenameAgent.of({ agentId, name: 'rack 14' }),
        RekeyAgent.of({ agentId }),
        RetireAgent.of({ agentId }),
      ];
      for (const as of [stranger, operator, agent.principal]) {
        for (const act of acts) {
          await expect(scenario.app.execute(act, { as })).rejects.toThrow(code('agents.agent_not_found'));
        }
      }
      expect(await scenario.app.execute(acts[0]!, { as: provider })).toMatchObject({ name: 'rack 14' });
    });

    it('that lost its token gets another one, and its next daemon another key', async () => {
      const agentId = agent.id;
      const rekeyed = await scenario.app.execute<RegisteredAgentView>(RekeyAgent.of({ agentId }), { as: provider });
      expect(scenario.tokensRevoked.at(-1)).toBe(agentId);
      expect(rekeyed).toMatchObject({ agent: { id: agentId, publicKey: null }, token: `token-of-${agentId}-rack 12` });
      const set = SetAgentKey.of({ agentId, publicKey: otherKey });
      expect(await scenario.app.execute(set, { as: agent.principal })).toMatchObject({ publicKey: otherKey });
    });

    it('that is retired gets no jobs, stands behind no offer, and makes room for another', async () => {
      const agentId = agent.id;
      await scenario.heartbeat(agent);
      await scenario.queuedJob();
      const presence = () => scenario.app.ask(GetOfferPresence.of({ offerIds: [scenario.offerId] }), { as: client });
      expect(await presence()).toMatchObject([{ online: 1 }]);
      const before = await scenario.app.ask<number>(CountAgents.of({}), { as: provider });
      const retired = await scenario.app.execute(RetireAgent.of({ agentId }), { as: provider });
      expect(retired).toMatchObject({ status: 'retired' });
      expect(scenario.tokensRevoked.at(-1)).toBe(agentId);
      expect(await presence()).toEqual([{ offerId: scenario.offerId, online: 0, lastSeenAt: null }]);
      expect(await scenario.app.ask<number>(CountAgents.of({}), { as: provider })).toBe(before - 1);
      await expect(scenario.take(agent)).rejects.toThrow(code('agents.agent_not_found'));
      await expect(scenario.heartbeat(agent)).rejects.toThrow(code('agents.agent_not_found'));
      await expect(scenario.app.execute(RekeyAgent.of({ agentId }), { as: provider })).rejects.toThrow(
        code('agents.agent_not_found'),
      );
      const listed = async (status?: 'retired') =>
        (await scenario.app.ask<Page<AgentView>>(ListAgents.of({ status, limit: 100 }), { as: provider })).items;
      expect((await listed()).map(({ id }) => id)).not.toContain(agentId);
      expect((await listed('retired')).map(({ id }) => id)).toContain(agentId);
    });

    it('without a key gets no jobs', async () => {
      const { agent: view } = await scenario.register();
      const principal = { subject: view.id, roles: [], scopes: ['agent'] };
      await expect(scenario.take({ id: view.id, principal, key: agent.key })).rejects.toThrow(
        code('agents.key_missing'),
      );
    });

    it('is online while heartbeats come and offline after 45 seconds', async () => {
      await scenario.heartbeat(agent);
      const status = async () =>
        (await scenario.app.ask<AgentView>(GetAgent.of({ agentId: agent.id }), { as: provider })).status;
      scenario.clock.advance(44_999);
      expect(await status()).toBe('online');
      scenario.clock.advance(1);
      expect(await status()).toBe('offline');
    });

    it('does not exist for strangers and for other agents', async () => {
      const other = await scenario.agent();
      for (const as of [stranger, client, other.principal]) {
        await expect(scenario.app.ask(GetAgent.of({ agentId: agent.id }), { as })).rejects.toThrow(
          code('agents.agent_not_found'),
        );
      }
      const posing = { ...agent, principal: other.principal };
      await expect(scenario.take(posing)).rejects.toThrow(code('agents.agent_not_found'));
      await expect(scenario.heartbeat(posing)).rejects.toThrow(code('agents.agent_not_found'));
    });

    it('is listed for its owner, page by page', async () => {
      const first = await scenario.app.ask<Page<AgentView>>(ListAgents.of({ limit: 1 }), { as: provider });
      const next = ListAgents.of({ limit: 1, cursor: first.nextCursor! });
      const second = await scenario.app.ask<Page<AgentView>>(next, { as: provider });
      expect(first.items).toHaveLength(1);
      expect(second.items[0]!.id).not.toBe(first.items[0]!.id);
      expect((await scenario.app.ask<Page<AgentView>>(ListAgents.of({}), { as: stranger })).items).toEqual([]);
    });
  });

  describe('a job', () => {
    it('is taken from the client of a funded booking only', async () => {
      const bookingId = await scenario.fundedBooking();
      expect(await scenario.submit(bookingId)).toMatchObject({
        bookingId,
        clientId: CLIENT,
        status: 'queued',
        attempts: [],
      });
      await expect(scenario.submit(bookingId, {}, stranger)).rejects.toThrow(code('marketplace.booking_not_found'));
      await expect(scenario.submit(bookingId, {}, provider)).rejects.toThrow(code('agents.only_client_may_submit'));
      await expect(scenario.submit(uuidv7())).rejects.toThrow(code('marketplace.booking_not_found'));
    });

    it('is taken when the marketplace knows the booking to be funded before this module has heard of it', async () => {
      const bookingId = uuidv7();
      const view = (status: string) =>
        ({
          id: bookingId,
          offerId: scenario.offerId,
          clientId: CLIENT,
          providerId: PROVIDER,
          clientAddress: CLIENT_ADDRESS,
          providerAddress: PROVIDER_ADDRESS,
          status,
          endsAt: new Date(scenario.clock.now().getTime() + 1_000),
        }) as BookingView;
      scenario.app.stub(GetBooking, () => view('requested'));
      await expect(scenario.submit(bookingId)).rejects.toThrow(code('agents.booking_not_open'));
      scenario.app.stub(GetBooking, () => view('funded'));
      await scenario.submit(bookingId);
      await scenario.fundedBooking(bookingId);
      expect((await scenario.submit(bookingId)).status).toBe('queued');
    });

    it('is refused once the booking has ended or its time is over', async () => {
      const [ended, over] = [await scenario.fundedBooking(), await scenario.fundedBooking()];
      await scenario.endBooking(ended);
      await expect(scenario.submit(ended)).rejects.toThrow(code('agents.booking_not_open'));
      scenario.clock.advance(3_600_000);
      await expect(scenario.submit(over)).rejects.toThrow(code('agents.booking_not_open'));
    });

    it.each([
      ['no wasm', Buffer.from('no wasm at all!!'), 'agents.wasm_malformed'],
      ['too large', Buffer.alloc(1_048_577), 'agents.wasm_too_large'],
    ])('is refused when its module is %s', async (_, module, expected) => {
      const task = WasmTask.of({ kind: 'wasm', module: module.toString('base64') } as WasmTask);
      await expect(scenario.submit(await scenario.fundedBooking(), { task })).rejects.toThrow(code(expected));
    });

    it.each([
      ['args', { args: ['a\0b'] }],
      ['env', { env: { 'a=b': 'c' } }],
      ['module', { module: 'not base64!' }],
      ['kind', { kind: 'inference' as 'wasm' }],
    ])('is refused when %s is wrong, by its name', async (field, fields) => {
      const task = WasmTask.of({ kind: 'wasm', module: 'AGFzbQEAAAA=', ...fields } as WasmTask);
      await expect(scenario.submit(uuidv7(), { task })).rejects.toThrow(field);
    });

    it('is given to an agent of its offer, the oldest first, as many at a time as the agent does', async () => {
      const [first, second] = [await scenario.queuedJob(), await scenario.queuedJob()];
      const isWaiting = () => scenario.app.ask(IsJobWaiting.of({ agentId: agent.id }), { as: agent.principal });
      expect(await isWaiting()).toBe(true);
      expect(await scenario.take(agent)).toMatchObject({ jobId: first.id, attempt: 1 });
      expect(await isWaiting()).toBe(false);
      expect(await scenario.take(agent)).toBeUndefined();
      const two = await scenario.agent({ concurrency: 2 });
      expect(await scenario.take(two)).toMatchObject({ jobId: second.id });
      expect(await scenario.take(two)).toBeUndefined();
      expect(scenario.app.published(JobAssigned)).toContainEqual(
        JobAssigned.of({ bookingId: first.bookingId, jobId: first.id, agentId: agent.id }),
      );
    });

    it('is given to one agent, however many ask at once', async () => {
      const asking = await Promise.all(Array.from({ length: 12 }, () => scenario.agent()));
      const jobs = await Promise.all(Array.from({ length: 5 }, () => scenario.queuedJob()));
      const answers = await Promise.all(asking.map((each) => scenario.take(each)));
      const given = answers.flatMap((answer) => (answer ? [answer.jobId] : []));
      expect(given.toSorted()).toEqual(jobs.map(({ id }) => id).toSorted());
    });

    it('completes with the result and a receipt that agent and platform signed', async () => {
      const attempt = await taken();
      const { jobId } = attempt;
      const ask = <R>(query: object, as = client) => scenario.app.ask<R>(query, { as });
      await expect(ask(GetJobResult.of({ jobId }))).rejects.toThrow(code('agents.job_not_finished'));
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      await scenario.app.settled();
      expect(await scenario.job(jobId)).toMatchObject({ status: 'completed', attempts: [{ status: 'completed' }] });
      expect(await ask<JobResultView>(GetJobResult.of({ jobId }))).toEqual({
        exitCode: 0,
        stdout: 'hello',
        stderr: '',
      });
      const signed = await ask<SignedReceiptView>(GetReceipt.of({ jobId }));
      const file = JSON.parse(JSON.stringify(signed)) as unknown;
      expect(await checkReceipt(file, { platformAddress: scenario.platform.address })).toEqual([]);
      expect(signed.receipt).toMatchObject({ client: CLIENT_ADDRESS, provider: PROVIDER_ADDRESS, units: 12 });
      expect(finished(jobId)).toHaveLength(1);
    });

    it('tells those who show it each status once, with its parties', async () => {
      const { id: jobId, bookingId } = await scenario.queuedJob();
      const attempt = (await scenario.take(agent))!;
      await scenario.heartbeat(agent, [attempt]);
      await scenario.heartbeat(agent, [attempt]);
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      const told = scenario.app.published(JobChanged).filter((each) => each.jobId === jobId);
      expect(told.map(({ status, attempts }) => [status, attempts])).toEqual([
        ['queued', 0],
        ['assigned', 1],
        ['running', 1],
        ['completed', 1],
      ]);
      expect(told[0]).toMatchObject({ bookingId, clientId: CLIENT, providerId: PROVIDER });
    });

    it('completes while the wallet is away, and gets its countersignature when it is back', async () => {
      const attempt = await taken();
      const query = GetReceipt.of({ jobId: attempt.jobId });
      scenario.walletIsAway = true;
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      expect((await scenario.job(attempt.jobId)).status).toBe('completed');
      await expect(scenario.app.ask(query, { as: client })).rejects.toThrow(code('agents.receipt_not_ready'));
      scenario.walletIsAway = false;
      await scenario.app.settled();
      expect(await scenario.app.ask(query, { as: client })).toHaveProperty('platformSignature');
    });

    it('is shown to the provider whose GPU runs it, in a list with what they submitted, without its result', async () => {
      const attempt = await taken();
      const { jobId } = attempt;
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      const waiting = await scenario.queuedJob();
      expect(await scenario.job(jobId, provider)).toMatchObject({ id: jobId, status: 'completed' });
      await expect(scenario.app.ask(GetJobResult.of({ jobId }), { as: provider })).rejects.toThrow(
        code('agents.job_not_found'),
      );
      const list = async (query: Partial<ListJobs>) =>
        scenario.app.ask<Page<JobView>>(Object.assign(new ListJobs(), query), { as: provider });
      const first = await list({ limit: 1 });
      const second = await list({ limit: 1, cursor: first.nextCursor! });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([waiting.id, jobId]);
      expect((await list({ clientId: PROVIDER })).items).toEqual([]);
    });

    it('is shown to its client, its receipt to the provider too, and to no stranger', async () => {
      const attempt = await taken();
      const { jobId } = attempt;
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      await scenario.app.settled();
      await expect(scenario.job(jobId, stranger)).rejects.toThrow(code('agents.job_not_found'));
      expect((await scenario.job(jobId, operator)).id).toBe(jobId);
      for (const query of [GetJobResult.of({ jobId }), GetReceipt.of({ jobId })]) {
        await expect(scenario.app.ask(query, { as: stranger })).rejects.toThrow(code('agents.job_not_found'));
      }
      expect(await scenario.app.ask(GetReceipt.of({ jobId }), { as: provider })).toHaveProperty('agentSignature');
      const cancel = scenario.app.execute(CancelJob.of({ jobId }), { as: stranger });
      await expect(cancel).rejects.toThrow(code('agents.job_not_found'));
      expect((await scenario.app.ask<Page<JobView>>(ListJobs.of({}), { as: stranger })).items).toEqual([]);
    });
  });

  describe('what a client may have', () => {
    afterEach(() => scenario.flags.replace([], Date.now()));
    const reached = (limit: string, most: number) =>
      expect.objectContaining({ code: 'limit_reached', details: { limit, most } });

    it('is so many jobs that wait: one that an agent takes makes room', async () => {
      scenario.flags.replace([limitFlag('jobs-waiting-per-booking', 2)], Date.now());
      const [bookingId, other] = [await scenario.fundedBooking(), await scenario.fundedBooking()];
      await scenario.submit(bookingId);
      await scenario.submit(bookingId);
      await expect(scenario.submit(bookingId)).rejects.toThrow(reached('jobs-waiting-per-booking', 2));
      await expect(scenario.submit(other)).resolves.toMatchObject({ status: 'queued' });
      await scenario.take(agent);
      await expect(scenario.submit(bookingId)).resolves.toMatchObject({ status: 'queued' });
    });

    it('is so many jobs that wait in all bookings together', async () => {
      const usage = GetJobUsage.of({ bookingId: uuidv7() });
      const { waiting } = await scenario.app.ask<JobUsageView>(usage, { as: client });
      scenario.flags.replace([limitFlag('jobs-waiting-per-user', waiting + 1)], Date.now());
      await scenario.queuedJob();
      const bookingId = await scenario.fundedBooking();
      await expect(scenario.submit(bookingId)).rejects.toThrow(reached('jobs-waiting-per-user', waiting + 1));
    });

    it('is so many bytes of tasks and results for a booking', async () => {
      const bookingId = await scenario.fundedBooking();
      await scenario.submit(bookingId);
      const { storedBytes } = await scenario.app.ask<JobUsageView>(GetJobUsage.of({ bookingId }), { as: client });
      expect(storedBytes).toBeGreaterThan(50);
      scenario.flags.replace([limitFlag('stored-bytes-per-booking', 2 * storedBytes)], Date.now());
      await scenario.submit(bookingId);
      await expect(scenario.submit(bookingId)).rejects.toThrow(reached('stored-bytes-per-booking', 2 * storedBytes));
      const attempt = (await scenario.take(agent))!;
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      const after = await scenario.app.ask<JobUsageView>(GetJobUsage.of({ bookingId }), { as: client });
      expect(after.storedBytes).toBeGreaterThan(2 * storedBytes);
    });
  });

  describe('a job that no agent takes', () => {
    const expired = async (ttlSeconds?: number) => {
      const { id } = await scenario.submit(await scenario.fundedBooking(), { ttlSeconds });
      await scenario.pass((ttlSeconds ?? 900) * 1000);
      return { job: await scenario.job(id), verdict: finished(id)[0]!.verdict };
    };

    it.each([
      [undefined, 'provider_failed'],
      [60, 'provider_failed'],
      [1, 'none'],
    ] as const)('in %s s says so when none was online: %s', async (ttlSeconds, verdict) => {
      expect(await expired(ttlSeconds)).toMatchObject({
        job: { status: 'expired', attempts: [], failure: { code: 'agents.no_agent_online' } },
        verdict,
      });
    });

    it('though one was online says nothing about the provider', async () => {
      const { id } = await scenario.submit(await scenario.fundedBooking());
      scenario.clock.advance(30_000);
      await scenario.heartbeat(agent);
      await scenario.pass(870_000);
      expect(await scenario.job(id)).toMatchObject({ status: 'expired', failure: { code: 'agents.job_expired' } });
      expect(finished(id)).toMatchObject([{ verdict: 'none' }]);
    });
  });

  describe('a booking that ends', () => {
    const told = (bookingId: string) =>
      scenario.app.published(BookingClosed).filter((event) => event.bookingId === bookingId);
    const end = (bookingId: string, fundedAt = scenario.clock.now()) =>
      scenario.app.publish(BookingEnded.of({ bookingId, reason: 'cancelled', fundedAt }));

    it('tells that nothing was made of it, and that no agent was there', async () => {
      const bookingId = await scenario.fundedBooking();
      await end(bookingId);
      expect(told(bookingId)).toEqual([BookingClosed.of({ bookingId, jobsTaken: false, agentWasOnline: false })]);
    });

    it('tells that an agent was there since it was funded', async () => {
      const bookingId = await scenario.fundedBooking();
      const fundedAt = scenario.clock.now();
      scenario.clock.advance(60_000);
      await scenario.heartbeat(agent);
      scenario.clock.advance(60_000);
      await end(bookingId, fundedAt);
      expect(told(bookingId)).toEqual([BookingClosed.of({ bookingId, jobsTaken: false, agentWasOnline: true })]);
    });

    it('tells that a job was taken, though it has ended long ago, and tells it again when asked again', async () => {
      const bookingId = await scenario.fundedBooking();
      await scenario.submit(bookingId);
      const attempt = (await scenario.take(agent))!;
      await scenario.bring(agent, await scenario.outcome(agent, attempt));
      await end(bookingId);
      await end(bookingId);
      const closed = BookingClosed.of({ bookingId, jobsTaken: true, agentWasOnline: true });
      expect(told(bookingId)).toEqual([closed, closed]);
    });
  });

  describe('an outcome', () => {
    it('is refused from an agent that never had the job', async () => {
      const attempt = await taken();
      const outcome = await scenario.outcome(agent, attempt);
      const other = await scenario.agent();
      await expect(scenario.bring(other, outcome)).rejects.toThrow(code('agents.job_not_found'));
      await expect(scenario.fail(other, attempt, 'agents.wasm_trapped')).rejects.toThrow(code('agents.job_not_found'));
      const notTheirs = GetAssignment.of({ ...attempt, agentId: other.id });
      await expect(scenario.app.ask(notTheirs, { as: other.principal })).rejects.toThrow(code('agents.job_not_found'));
    });

    it('may come twice, but not differently', async () => {
      const attempt = await taken();
      const outcome = await scenario.outcome(agent, attempt);
      const different = await scenario.outcome(agent, attempt, { units: 13 });
      await scenario.bring(agent, outcome);
      await scenario.bring(agent, outcome);
      await expect(scenario.bring(agent, different)).rejects.toThrow(code('agents.attempt_not_held'));
      expect(finished(attempt.jobId)).toHaveLength(1);
    });

    it('that fails for good ends the job, and may be told twice', async () => {
      const attempt = await taken();
      const message = 'The job stopped: unreachable. Its last words: the answer is 42';
      await scenario.fail(agent, attempt, 'agents.wasm_trapped', message);
      await scenario.fail(agent, attempt, 'agents.wasm_trapped', message);
      const failure = { code: 'agents.wasm_trapped', message: 'The program trapped.' };
      expect(await scenario.job(attempt.jobId)).toMatchObject({ status: 'failed', failure });
      const result = scenario.app.ask(GetJobResult.of({ jobId: attempt.jobId }), { as: client });
      await expect(result).rejects.toThrow(code('agents.no_result'));
    });

    it.each([
      ['for another job', { jobId: uuidv7() }, 'receipt.jobId'],
      ['in favour of another provider', { provider: CLIENT_ADDRESS }, 'receipt.provider'],
      ['by another agent', { agentId: uuidv7() }, 'receipt.agentId'],
      ['of another result', { resultHash: `0x${'0'.repeat(64)}` }, 'receipt.resultHash'],
      ['that counts more time than has passed', { units: 21 }, 'receipt.units'],
      ['from before the job', { startedAt: '2025-01-01T00:00:00.000Z' }, 'receipt.startedAt'],
      ['whose start is a day of a week', { startedAt: '2009-W21-2' }, 'receipt.startedAt'],
      ['whose end is not in UTC', { finishedAt: '2026-01-01T01:00:00.020+01:00' }, 'receipt.finishedAt'],
      ['from the future', { finishedAt: '2126-01-01T00:00:00.000Z' }, 'receipt.finishedAt'],
    ])('with a receipt %s is refused, and the agent keeps the job', async (_, change, field) => {
      const attempt = await taken();
      const outcome = await scenario.outcome(agent, attempt, change);
      await expect(scenario.bring(agent, outcome)).rejects.toMatchObject({
        code: 'agents.receipt_refused',
        message: expect.stringContaining(field),
      });
      expect(await scenario.job(attempt.jobId)).toMatchObject({ status: 'assigned' });
    });

    it('with a signature by another key is refused', async () => {
      const attempt = await taken();
      const { key } = await scenario.agent();
      const outcome = await scenario.outcome({ ...agent, key }, attempt);
      await expect(scenario.bring(agent, outcome)).rejects.toThrow(code('agents.receipt_refused'));
      const posing = Object.assign(outcome, {
        agentPublicKey: (await scenario.outcome(agent, attempt)).agentPublicKey,
      });
      await expect(scenario.bring(agent, posing)).rejects.toThrow(code('agents.receipt_refused'));
    });

    it('that comes after the job was cancelled does not revive it', async () => {
      const attempt = await taken();
      const outcome = await scenario.outcome(agent, attempt);
      await scenario.app.execute(CancelJob.of({ jobId: attempt.jobId }), { as: client });
      expect((await scenario.heartbeat(agent, [attempt])).released).toEqual([attempt]);
      await expect(scenario.bring(agent, outcome)).rejects.toThrow(code('agents.attempt_not_held'));
      expect(await scenario.job(attempt.jobId)).toMatchObject({
        status: 'cancelled',
        attempts: [{ status: 'cancelled' }],
      });
    });
  });

  describe('a lease', () => {
    it('lasts while heartbeats name the attempt', async () => {
      const attempt = await taken();
      for (let beat = 0; beat < 4; beat++) {
        await scenario.pass(30_000);
        expect((await scenario.heartbeat(agent, [attempt])).released).toEqual([]);
      }
      expect((await scenario.job(attempt.jobId)).status).toBe('running');
    });

    it('that is lost requeues the job, and the agent that lost it is refused', async () => {
      const attempt = await taken();
      const outcome = await scenario.outcome(agent, attempt);
      await scenario.pass(45_000);
      expect(await scenario.job(attempt.jobId)).toMatchObject({ status: 'queued', attempts: [{ status: 'lost' }] });
      const other = await scenario.agent();
      expect(await scenario.take(other)).toBeUndefined();
      await scenario.pass(2_000);
      expect(await scenario.take(other)).toMatchObject({ jobId: attempt.jobId, attempt: 2 });
      await expect(scenario.bring(agent, outcome)).rejects.toThrow(code('agents.attempt_not_held'));
      expect((await scenario.heartbeat(agent, [attempt])).released).toEqual([attempt]);
    });

    it('that is lost three times fails the job', async () => {
      const { jobId } = await taken();
      await scenario.pass(45_000);
      for (const pause of [2_000, 8_000]) {
        await scenario.pass(pause);
        await scenario.take(agent);
        await scenario.pass(45_000);
      }
      expect(await scenario.job(jobId)).toMatchObject({ status: 'failed', failure: { code: 'agents.agent_lost' } });
    });
  });

  it('a job that nobody takes expires', async () => {
    const { id } = await scenario.submit(await scenario.fundedBooking(), { ttlSeconds: 10 });
    await scenario.pass(9_999);
    expect((await scenario.job(id)).status).toBe('queued');
    await scenario.pass(1);
    expect((await scenario.job(id)).status).toBe('expired');
    expect(finished(id)).toEqual([expect.objectContaining({ outcome: 'expired' })]);
  });

  it('when the booking ends, its unfinished jobs are cancelled', async () => {
    const bookingId = await scenario.fundedBooking();
    const [held, waiting] = [await scenario.submit(bookingId), await scenario.submit(bookingId)];
    await scenario.take(agent);
    await scenario.endBooking(bookingId, 'time_up');
    for (const { id } of [held, waiting]) {
      expect(await scenario.job(id)).toMatchObject({ status: 'cancelled', failure: { code: 'agents.booking_ended' } });
    }
  });

  it('jobs are listed newest first, by status and booking', async () => {
    const bookingId = await scenario.fundedBooking();
    const ids = [(await scenario.submit(bookingId)).id, (await scenario.submit(bookingId)).id];
    const list = (fields: Partial<ListJobs>) =>
      scenario.app.ask<Page<JobView>>(ListJobs.of({ bookingId, ...fields }), { as: client });
    const first = await list({ limit: 1 });
    const second = await list({ limit: 1, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
    expect(second.nextCursor).toBeNull();
    expect((await list({ status: 'completed' })).items).toEqual([]);
  });

  it('the summary counts agents and jobs', async () => {
    await scenario.heartbeat(agent);
    const summary = await scenario.app.ask<AgentsSummaryView>(GetAgentsSummary.of({}));
    expect(summary.agentsOnline).toBe(1);
    expect(summary.agents).toBeGreaterThan(1);
    expect(summary.jobsByStatus).toMatchObject({ completed: expect.any(Number), expired: expect.any(Number) });
  });

  it('are exported: how many there are, how long they wait, how they end', async () => {
    const job = await scenario.queuedJob();
    const read = async () => {
      const readings = [
        { metric: 'aitbc_agents_online' },
        { metric: 'aitbc_jobs', where: [{ label: 'status', op: '=', value: 'queued' } as const] },
        { metric: 'aitbc_job_queue_oldest_seconds' },
        { metric: 'aitbc_job_queue_wait_seconds_count', isCounter: true },
        { metric: 'aitbc_jobs_finished_total', isCounter: true },
      ];
      return (await readMetrics(readings)).map((sums) => sums[0]?.value);
    };
    await scenario.heartbeat(agent);
    scenario.clock.advance(7_000);
    const [online, queued, oldest, waits, finishedJobs] = (await read()) as number[];
    expect(online).toBeGreaterThan(0);
    expect(queued).toBeGreaterThan(0);
    expect(oldest).toBeGreaterThanOrEqual(7);
    await scenario.take(agent);
    await scenario.app.execute(CancelJob.of({ jobId: job.id }), { as: client });
    expect((await read()).slice(3)).toEqual([waits! + 1, finishedJobs! + 1]);
  });

  it('that waits longest is the first of an index, however many wait', async () => {
    const { connection } = scenario.app.get<Repository<Job>>(getRepositoryToken(Job, 'agents') as string).manager;
    // Postgres plans by table statistics, and the tables are almost empty here.
    if (connection.options.type === 'postgres') return;
    const asked = vi.spyOn(connection.logger, 'logQuery');
    await scenario.app.get(AgentCounts).longestWaitSeconds();
    const [sql, parameters] = asked.mock.calls.find(([query]) => query.includes('agents_jobs'))!;
    asked.mockRestore();
    const plan = await connection.query<{ detail: string }[]>(`EXPLAIN QUERY PLAN ${sql}`, parameters);
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('agents_jobs_by_availability')]);
    expect(sql).toMatch(/LIMIT 1$/);
  });

  describe('for an operator', () => {
    const list = async (query: Partial<ListJobs>, as = operator) =>
      (await scenario.app.ask<Page<JobView>>(Object.assign(new ListJobs(), query), { as })).items.map(({ id }) => id);
    const audited = (jobId: string) =>
      scenario.app.published(AgentsAudited).filter(({ resource }) => resource === `agents.job ${jobId}`);
    const requeue = (jobId: string, as = operator) =>
      scenario.app.execute<JobView>(RequeueJob.of({ jobId, reason: 'it hangs' }), { as });
    const cancel = (jobId: string, as = operator) =>
      scenario.app.execute<JobView>(CancelJobAsOperator.of({ jobId, reason: 'it mines coins' }), { as });

    it('jobs are found by client, provider and the agent that has or had them', async () => {
      const ref = await taken();
      const waiting = await scenario.queuedJob();
      expect(await list({ agentId: agent.id })).toEqual([ref.jobId]);
      await scenario.bring(agent, await scenario.outcome(agent, ref));
      expect(await list({ agentId: agent.id })).toEqual([ref.jobId]);
      expect((await list({ clientId: CLIENT, providerId: PROVIDER })).slice(0, 2)).toEqual([waiting.id, ref.jobId]);
      expect(await list({ clientId: PROVIDER })).toEqual([]);
      expect(await list({ agentId: agent.id, status: 'queued' })).toEqual([]);
      expect(await list({ agentId: agent.id }, stranger)).toEqual([]);
    });

    it('agents are found by owner and by whether they are online', async () => {
      await scenario.heartbeat(agent);
      const found = async (query: Partial<ListAgents>) => {
        const page = await scenario.app.ask<Page<AgentView>>(Object.assign(new ListAgents(), query), { as: operator });
        return page.items.map(({ id }) => id);
      };
      expect(await found({ ownerId: PROVIDER, status: 'online', limit: 100 })).toContain(agent.id);
      expect(await found({ status: 'offline', limit: 100 })).not.toContain(agent.id);
      expect(await found({ ownerId: CLIENT })).toEqual([]);
      await scenario.pass(46_000);
      expect(await found({ status: 'offline', limit: 100 })).toContain(agent.id);
    });

    it('a job that hangs goes back into the queue, and another agent completes it', async () => {
      const ref = await taken();
      await scenario.heartbeat(agent, [ref]);
      const late = await scenario.outcome(agent, ref);
      expect(await requeue(ref.jobId)).toMatchObject({ status: 'queued', attempts: [{ status: 'lost' }] });
      await expect(scenario.bring(agent, late)).rejects.toEqual(code('agents.attempt_not_held'));
      const next = await scenario.agent();
      const again = (await scenario.take(next))!;
      expect(again).toMatchObject({ jobId: ref.jobId, attempt: 2 });
      await scenario.bring(next, await scenario.outcome(next, again));
      expect((await scenario.job(ref.jobId)).status).toBe('completed');
      expect(audited(ref.jobId)).toMatchObject([
        {
          action: 'requeue',
          before: { status: 'running', holderId: agent.id },
          after: { status: 'queued', holderId: null, lastFailure: { code: 'agents.requeued' } },
        },
      ]);
    });

    it('a job that nobody holds is not requeued, and one that has ended not cancelled', async () => {
      const { id } = await scenario.queuedJob();
      await expect(requeue(id)).rejects.toEqual(code('agents.job_not_held'));
      expect(await cancel(id)).toMatchObject({
        status: 'cancelled',
        failure: { code: 'agents.cancelled', message: 'An operator cancelled the job: it mines coins' },
      });
      await expect(requeue(id)).rejects.toEqual(code('agents.job_not_held'));
      const ref = await taken();
      await scenario.bring(agent, await scenario.outcome(agent, ref));
      await expect(cancel(ref.jobId)).rejects.toEqual(code('agents.job_already_finished'));
      expect(audited(id)).toMatchObject([
        { action: 'cancel', before: { status: 'queued' }, after: { status: 'cancelled' } },
      ]);
      expect(audited(ref.jobId)).toEqual([]);
    });

    it('nobody else does either, and a job that is not there is not found', async () => {
      const { id } = await scenario.queuedJob();
      for (const as of [client, provider, stranger, agent.principal]) {
        await expect(requeue(id, as)).rejects.toEqual(code('forbidden'));
        await expect(cancel(id, as)).rejects.toEqual(code('forbidden'));
      }
      await expect(cancel(uuidv7())).rejects.toEqual(code('agents.job_not_found'));
    });

    it('a job of a booking of their own is left to a colleague', async () => {
      const { jobId } = await taken();
      for (const subject of [CLIENT, PROVIDER]) {
        const party = { ...operator, subject };
        await expect(requeue(jobId, party)).rejects.toEqual(code('agents.party_cannot_change_job'));
        await expect(cancel(jobId, party)).rejects.toEqual(code('agents.party_cannot_change_job'));
      }
      expect((await scenario.job(jobId)).status).toBe('assigned');
      expect(audited(jobId)).toEqual([]);
    });
  });
});
