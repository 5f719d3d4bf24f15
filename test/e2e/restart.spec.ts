import type { RunningProcess } from '../../src/topology/running-process.js';
import { primesModule } from '../../src/demo/primes.js';
import { jobModule } from '../../src/agents/testing/sample-jobs.js';
import { i32Const, localGet, repeatWhile } from '../../src/agents/testing/wasm-assembler.js';
import { describeClosingAudit } from '../support/closing-audit.js';
import {
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

const i32Sub = 0x6b;
const localTee = (index: number) => [0x22, index];
/** Counts a 32-bit number once around: some seconds of work. */
const slowModule = jobModule([], repeatWhile([...localGet(0), ...i32Const(1), i32Sub, ...localTee(0)]));

describe('when processes are killed', () => {
  let system: System;
  let provider: Person;
  let client: Person;
  let offer: Offer;
  let lost: { agentId: string; takesOver: string; bookingId: string; job: Job };

  beforeAll(async () => {
    system = await System.start();
    [provider, client] = await Promise.all([system.person('provider'), system.person('client')]);
    await fund(client);
    offer = await offerGpu(provider, '10');
  }, 180_000);
  afterAll(() => system?.dispose());

  it('a daemon that is killed at work holds its job as long as its lease', async () => {
    const other = await offerGpu(provider, '2');
    const [first, second] = await Promise.all([
      registerAgent(provider, [other.id]),
      registerAgent(provider, [other.id]),
    ]);
    const daemon = system.startAgent(first.token, 'lost');
    const { id: bookingId } = await bookFunded(client, other);
    const job = await killAtWork(daemon, bookingId);
    system.startAgent(second.token, 'takes-over');
    expect(job).toMatchObject({ status: 'running', attempts: [{ agentId: first.id, status: 'running' }] });
    lost = { agentId: first.id, takesOver: second.id, bookingId, job };
  }, 120_000);

  describe('the application, in the middle of the main job', () => {
    let daemon: RunningProcess;
    let agent: { id: string; token: string };
    let booking: Booking;

    beforeAll(async () => {
      agent = await registerAgent(provider, [offer.id]);
      daemon = system.startAgent(agent.token, 'survivor');
    }, 60_000);

    it('after it has accepted a booking: the money is locked, once', async () => {
      booking = (await book(client, offer)).as<Booking>(202);
      await system.crashAndRestart();
      booking = await client.api.until<Booking>(`/v1/bookings/${booking.id}`, ({ status }) => status !== 'requested');
      expect(booking.status).toBe('funded');
      expect(await transactionsOf('escrow_lock')).toHaveLength(1);
    }, 120_000);

    it('after it has accepted a job: the daemon that was away from it completes the job', async () => {
      const { id } = (await submitWasm(client, booking.id, primesModule)).as<Job>(201);
      await system.crashAndRestart();
      const job = await jobEnded(client, id, 120_000);
      expect(job).toMatchObject({ status: 'completed', failure: null });
      expect(job.attempts.filter(({ status }) => status === 'completed')).toHaveLength(1);
      const receipt = (await client.api.get(`/v1/jobs/${id}/receipt`)).as<{ receipt: { jobId: string } }>(200);
      expect(receipt.receipt.jobId).toBe(id);
      daemon.assertRunning();
    }, 180_000);

    it('after it has accepted the completion: the provider is paid, once', async () => {
      (await client.api.post(`/v1/bookings/${booking.id}/complete`)).as(200);
      await system.crashAndRestart();
      booking = await settled(client, booking.id);
      expect(booking).toMatchObject({
        status: 'settled',
        jobsTried: 1,
        jobsCompleted: 1,
        payout: { toProvider: '9.75', toTreasury: '0.25', toClient: '0' },
      });
      expect(await transactionsOf('escrow_settlement')).toHaveLength(1);
      const path = `/v1/wallets/${provider.wallet.id}/ledger`;
      type Ledger = { items: { amount: string }[] };
      const { items } = await provider.api.until<Ledger>(path, (ledger) => ledger.items.length > 0);
      expect(items.map(({ amount }) => amount)).toEqual(['9.75']);
    }, 120_000);

    it('a wallet that was unlocked before is unlocked still', async () => {
      const { unlockedUntil } = (await client.api.get(`/v1/wallets/${client.wallet.id}`)).as<{
        unlockedUntil: string | null;
      }>(200);
      expect(unlockedUntil).not.toBeNull();
    });

    it('a daemon that is killed at work and started again brings its job to an end by itself', async () => {
      const { id: bookingId } = await bookFunded(client, offer);
      const { id } = await killAtWork(daemon, bookingId);
      system.startAgent(agent.token, 'survivor');
      const job = await jobEnded(client, id, 120_000);
      expect(job).toMatchObject({ status: 'completed', attempts: [{ number: 1, status: 'completed' }] });
      (await client.api.post(`/v1/bookings/${bookingId}/complete`)).as(200);
      await settled(client, bookingId);
    }, 180_000);

    async function transactionsOf(kind: string): Promise<unknown[]> {
      const like = `%${booking.id}%`;
      const sql = 'SELECT * FROM wallet_transactions WHERE kind = ? AND purpose LIKE ?';
      return system.database.rows(sql, [kind, like]);
    }
  });

  it('the job of the daemon that never came back is requeued, and another agent completes it', async () => {
    const job = await jobEnded(client, lost.job.id, 180_000);
    expect(job).toMatchObject({
      status: 'completed',
      attempts: [
        { number: 1, agentId: lost.agentId, status: 'lost' },
        { number: 2, agentId: lost.takesOver, status: 'completed' },
      ],
    });
    const path = `/v1/bookings/${lost.bookingId}`;
    (await client.api.post(`${path}/complete`)).as(200);
    expect(await settled(client, lost.bookingId)).toMatchObject({ status: 'settled', jobsTried: 1, jobsCompleted: 1 });
  }, 240_000);

  describeClosingAudit(() => system);

  /** Submits a job that takes some time, and kills the daemon as soon as it works on it. */
  async function killAtWork(daemon: RunningProcess, bookingId: string): Promise<Job> {
    const { id } = (await submitWasm(client, bookingId, slowModule)).as<Job>(201);
    await client.api.until<Job>(`/v1/jobs/${id}`, ({ status }) => status === 'running');
    await daemon.kill();
    return (await client.api.get(`/v1/jobs/${id}`)).as<Job>(200);
  }
});
