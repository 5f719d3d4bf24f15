import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startAgent } from '../../src/topology/platform-process.js';
import { primesModule } from '../../src/demo/primes.js';
import { Api } from '../support/api.js';
import {
  bookFunded,
  enter,
  fund,
  jobEnded,
  offerGpu,
  type Person,
  registerAgent,
  submitWasm,
} from '../support/people.js';
import { Told } from '../support/told.js';
import { report, summary } from './measure.js';
import { startPlatform } from './processes.js';

/*
 * How long the event loop of the application keeps others waiting while everything heavy goes on at once: bookings with
 * their escrow, jobs, transfers, registrations (argon2) and unlocks (scrypt).
 */

const SECONDS = 30;
const built = join(dirname(fileURLToPath(import.meta.url)), '../../src');

const done = new Map<string, number>();
let isOver = false;

/** Does something again and again, in several lanes at once, until the time is over; a refusal ends the benchmark. */
function keepOn(what: string, lanes: number, act: (lane: number) => Promise<unknown>): Promise<unknown> {
  const lane = async (at: number) => {
    while (!isOver) {
      await act(at);
      if (!isOver) done.set(what, (done.get(what) ?? 0) + 1);
    }
  };
  return Promise.all(Array.from({ length: lanes }, (_, at) => lane(at)));
}

async function people(api: Api, role: string, count: number): Promise<Person[]> {
  const entered: Person[] = [];
  for (let at = 0; at < count; at++) {
    const person = await enter(api, `${role}-${at}`);
    await fund(person);
    entered.push(person);
  }
  return entered;
}

async function bookAndComplete(client: Person, provider: Person): Promise<void> {
  const booking = await bookFunded(client, await offerGpu(provider, '0.001'));
  (await client.api.post(`/v1/bookings/${booking.id}/complete`)).as(200);
}

async function runJob(client: Person, bookingId: string): Promise<void> {
  const { id } = (await submitWasm(client, bookingId, primesModule)).as<{ id: string }>(201);
  const { status } = await jobEnded(client, id);
  if (status !== 'completed') throw new Error(`The job ${id} ended as ${status}.`);
}

async function transfer({ api, wallet }: Person, to: Person): Promise<void> {
  (await api.post(`/v1/wallets/${wallet.id}/transfers`, { to: to.wallet.address, amount: '0.000001' })).as(202);
}

async function unlock({ api, wallet, password }: Person): Promise<void> {
  (await api.post(`/v1/wallets/${wallet.id}/unlock`, { password, ttlSeconds: 3600 })).as(200);
}

let registered = 0;
async function register(api: Api): Promise<void> {
  const email = `guest-${registered++}@example.org`;
  (await api.post('/v1/auth/register', { email, password: `${email} says open` })).as(201);
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const ending: (() => Promise<unknown>)[] = [];
try {
  const server = await startPlatform(join(directory, 'data'), { MODULITH_PARITY: 'fast' });
  ending.push(server.stop);
  const api = new Api(server.url, new Told());
  const [provider] = await people(api, 'provider', 1);
  const clients = await people(api, 'client', 4);
  const payers = await people(api, 'payer', 2);
  const [worker] = await people(api, 'worker', 1);
  const offer = await offerGpu(provider!, '0.001');
  const { token } = await registerAgent(provider!, [offer.id]);
  const agent = startAgent(server.url, token, join(directory, 'agent'), { built });
  ending.unshift(() => agent.stop());
  const booking = await bookFunded(worker!, offer);

  // Each look at the metrics begins the histogram of the event loop anew.
  await server.metric('nodejs_eventloop_lag_p99_seconds');
  setTimeout(() => (isOver = true), SECONDS * 1_000);
  await Promise.all([
    keepOn('bookings locked and completed', clients.length, (lane) => bookAndComplete(clients[lane]!, provider!)),
    keepOn('jobs done', 1, () => runJob(worker!, booking.id)),
    keepOn('transfers accepted', payers.length, (lane) => transfer(payers[lane]!, provider!)),
    keepOn('users registered', 2, () => register(api)),
    keepOn('wallets unlocked', 1, () => unlock(provider!)),
  ]);
  const exposition = await (await fetch(`${server.url}/metrics`)).text();
  const lag = (which: string) =>
    1_000 * Number(new RegExp(`^nodejs_eventloop_lag_${which}_seconds (.+)$`, 'm').exec(exposition)![1]);
  report(
    `The event loop of the application under everything at once, ${SECONDS} s, SQLite`,
    [
      ...[...done].map(([what, count]) => summary(what, [count / SECONDS], '/s')),
      // The histogram's clock ticks every 10 ms and counts the tick: an idle loop shows 10.
      summary('event-loop delay, p50', [lag('p50')], 'ms'),
      summary('event-loop delay, p99 (target 50)', [lag('p99')], 'ms'),
      summary('event-loop delay, longest', [lag('max')], 'ms'),
    ],
    { 'p99 / 50 ms (target at most 1)': lag('p99') / 50 },
  );
} finally {
  for (const end of ending) await end();
  rmSync(directory, { recursive: true, force: true });
}
