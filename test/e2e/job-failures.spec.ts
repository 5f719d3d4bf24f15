import {
  doNothing,
  eatMemory,
  exitWith,
  floodOutput,
  loopForever,
  printText,
  trap,
} from '../../src/agents/testing/sample-jobs.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import { HandAgent } from '../support/hand-agent.js';
import {
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
import { refused } from '../support/refused.js';
import { System } from '../support/system.js';

const MEBIBYTE = 1024 * 1024;

describe('where a job goes another way', () => {
  let system: System;
  let provider: Person;
  let client: Person;

  beforeAll(async () => {
    system = await System.start();
    [provider, client] = await Promise.all([system.person('provider'), system.person('client')]);
    await fund(client);
  }, 180_000);
  afterAll(() => system?.dispose());

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
      expect(await jobEnded(client, id)).toMatchObject({
        status: 'expired',
        failure: { code: 'agents.no_agent_online' },
      });
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

    it('a program that traps has ended by itself: its client gets what it wrote, and its provider is paid', async () => {
      const { id } = (await submitWasm(client, booking.id, trap())).as<Job>(201);
      expect(await jobEnded(client, id)).toMatchObject({ status: 'completed', failure: null });
      expect((await client.api.get(`/v1/jobs/${id}/result`)).as(200)).toEqual({
        exitCode: 134,
        trap: 'unreachable',
        stdout: '',
        stderr: '',
      });
    }, 60_000);

    it.each([
      ['an endless loop', loopForever, 'agents.wasm_time_exceeded'],
      ['a memory bomb', eatMemory, 'agents.wasm_memory_exceeded'],
      ['a flood of output', floodOutput, 'agents.wasm_output_exceeded'],
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

  describeClosingAudit(() => system);
});
