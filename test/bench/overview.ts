import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../support/api.js';
import { inSqlite } from '../support/sqlite.js';
import { Told } from '../support/told.js';
import { report, summary } from './measure.js';
import { type Server, startPlatform } from './processes.js';

/*
 * The first screen of a dashboard with a million jobs in the database: GET /v1/admin/overview over HTTP, from a process
 * that does everything else as well. Asked ten times a second, so that newer overviews are made all the while; and, as
 * what it costs the others, how long a read of one job takes meanwhile.
 */

const JOBS = 1_000_000;
const BOOKINGS = 100_000;
const REQUESTS = 600;
const EVERY_MS = 100;
const PASSWORD = 'the administrator of this run';

const id = (kind: number, number: string) => `printf('019a0000-000${kind}-7000-8000-%012x', ${number})`;
const digits = (number: string) => `printf('%078d', ${number})`;

/** Nearly all of both have ended, as in a system that has run for long. */
const FILL = [
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${JOBS})
   INSERT INTO agents_jobs (id, booking_id, offer_id, client_id, provider_id, kind, status, attempts, available_at,
     expires_at, due_at, created_at, finished_at)
   SELECT ${id(1, 'i')}, ${id(2, `i % ${BOOKINGS}`)}, ${id(3, 'i % 1000')}, ${id(4, 'i % 5000')}, ${id(5, 'i % 500')},
     'wasm', CASE WHEN i % 1000 = 0 THEN 'queued' WHEN i % 20 = 0 THEN 'failed' ELSE 'completed' END, '[]',
     1767225600000 + i, 4102444800000, CASE WHEN i % 1000 = 0 THEN 4102444800000 END, 1767225600000 + i,
     CASE WHEN i % 1000 = 0 THEN NULL ELSE 1767225660000 + i END FROM n`,
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${BOOKINGS})
   INSERT INTO marketplace_bookings (id, offer_id, client_id, provider_id, wallet_id, duration_hours, price_per_hour,
     total, status, escrow_address, client_address, provider_address, escrow_expires_at, locked_amount, lock_transaction,
     release_transaction, created_at, jobs_tried, jobs_completed)
   SELECT ${id(2, 'i')}, ${id(3, 'i % 1000')}, ${id(4, 'i % 5000')}, ${id(5, 'i % 500')}, NULL, 1, ${digits('1')},
     ${digits('1')}, CASE WHEN i % 100 = 0 THEN 'active' ELSE 'settled' END, '0x5FbDB2315678afecb367f032d93F642f64180aa3',
     '0x70997970C51812dc3A010C7d01b50e0d17dc79C8', '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC', 4102444800000,
     ${digits('1')}, '0x01', CASE WHEN i % 100 = 0 THEN NULL ELSE '0x02' END, 1767225600000 + i, 10, 10 FROM n`,
];

async function timed(request: () => Promise<{ status: number }>): Promise<number> {
  const started = performance.now();
  const { status } = await request();
  if (status !== 200) throw new Error(`It answered ${status}.`);
  return performance.now() - started;
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
let server: Server | undefined;
try {
  server = await startPlatform(directory, { MODULITH_PARITY: 'fast' });
  await server.stop();
  console.log(`Writing ${JOBS.toLocaleString('en-US')} jobs and ${BOOKINGS.toLocaleString('en-US')} bookings …`);
  for (const sql of FILL) {
    await inSqlite<undefined>(join(directory, 'aitbc.sqlite'), 'write', (database, done) =>
      database.exec(sql, (error) => done(error, undefined)),
    );
  }
  server = await startPlatform(directory, { MODULITH_PARITY: 'fast' });
  const anybody = new Api(server.url, new Told());
  const session = await anybody.post('/v1/auth/login', { email: 'admin@aitbc.local', password: PASSWORD });
  const admin = anybody.as(session.as<{ accessToken: string }>(200).accessToken);
  type Overview = { summaries: { agents: { jobsByStatus: Record<string, number> } } };
  const { summaries } = (await admin.get('/v1/admin/overview')).as<Overview>(200);
  const counted = Object.values(summaries.agents.jobsByStatus).reduce((sum, count) => sum + count, 0);
  if (counted !== JOBS) throw new Error(`The overview knows of ${counted} jobs.`);

  const overview: number[] = [];
  const job: number[] = [];
  const jobPath = '/v1/jobs/019a0000-0001-7000-8000-000000000001';
  for (let at = 0; at < REQUESTS; at++) {
    overview.push(await timed(() => admin.get('/v1/admin/overview')));
    job.push(await timed(() => admin.get(jobPath)));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  const at = (share: number, times: readonly number[]) =>
    times.toSorted((one, other) => one - other)[Math.ceil(times.length * share) - 1]!;
  report(
    `GET /v1/admin/overview with ${JOBS.toLocaleString('en-US')} jobs, SQLite, ${REQUESTS} requests`,
    [
      summary('the overview', overview, 'ms'),
      summary('the overview, p95 (target 50)', [at(0.95, overview)], 'ms'),
      summary('the overview, p99', [at(0.99, overview)], 'ms'),
      summary('one job meanwhile, p95', [at(0.95, job)], 'ms'),
    ],
    { 'overview, p95 / 50 ms (target at most 1)': at(0.95, overview) / 50 },
  );
} finally {
  await server?.stop();
  rmSync(directory, { recursive: true, force: true });
}
