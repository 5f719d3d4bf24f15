import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../support/api.js';
import { enter, offerGpu, type Person } from '../support/people.js';
import { Told } from '../support/told.js';
import { compare, type Figure, report, summary } from './measure.js';
import { type Server, startPlatform } from './processes.js';

/*
 * What it costs to be seen: an offer read and an offer made over HTTP, with all telemetry on (every trace kept and
 * stored, metrics, logs at info) and with all of it off, in turn.
 */

const CONNECTIONS = 16;
const READS = 5_000;
const WRITES = 1_000;

interface Shot {
  '2xx': number;
}
const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
const autocannon = require('autocannon') as (options: object) => Promise<Shot>;

interface Contender {
  readonly name: string;
  readonly server: Server;
  readonly provider: Person;
  readonly offerId: string;
  /** Milliseconds of the server's processor for a request, by round. */
  readonly spent: { reads: number[]; writes: number[] };
}

async function start(name: string, directory: string, environment: NodeJS.ProcessEnv): Promise<Contender> {
  const server = await startPlatform(join(directory, name.replaceAll(' ', '-')), {
    MODULITH_PARITY: 'fast',
    ...environment,
  });
  const provider = await enter(new Api(server.url, new Told()), 'provider');
  const { id: offerId } = await offerGpu(provider);
  return { name, server, provider, offerId, spent: { reads: [], writes: [] } };
}

const offer = ({ wallet }: Person) => ({
  gpuModel: 'A100',
  gpuMemoryGb: 80,
  gpuCount: 1,
  region: 'eu-central',
  pricePerHour: '2',
  capabilities: ['wasm'],
  walletId: wallet.id,
});

async function cpuSeconds({ server }: Contender): Promise<number> {
  const names = ['process_cpu_user_seconds_total', 'process_cpu_system_seconds_total'];
  const [user, system] = await Promise.all(names.map((name) => server.metric(name)));
  return user! + system!;
}

/** Requests of one round. */
async function shoot(contender: Contender, what: 'reads' | 'writes', count: number): Promise<void> {
  const { server, provider, offerId, spent } = contender;
  const before = await cpuSeconds(contender);
  const request =
    what === 'reads'
      ? { url: `${server.url}/v1/offers/${offerId}`, method: 'GET' }
      : { url: `${server.url}/v1/offers`, method: 'POST', body: JSON.stringify(offer(provider)) };
  const headers = { authorization: `Bearer ${provider.api.token}`, 'content-type': 'application/json' };
  const { '2xx': answered } = await autocannon({ ...request, headers, connections: CONNECTIONS, amount: count });
  if (answered !== count) throw new Error(`Only ${answered} of ${count} ${what} at ${server.url} succeeded.`);
  spent[what].push((((await cpuSeconds(contender)) - before) * 1_000) / count);
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const contenders: Contender[] = [];
try {
  contenders.push(await start('all on', directory, { TELEMETRY: 'on', LOG_LEVEL: 'info', TRACE_SAMPLE_RATIO: '1' }));
  contenders.push(await start('all off', directory, { TELEMETRY: 'off', LOG_LEVEL: 'silent' }));
  const figures: Figure[] = [];
  const ratios: Record<string, number> = {};
  for (const [what, count] of [
    ['reads', READS],
    ['writes', WRITES],
  ] as const) {
    const rates = await compare(
      contenders.map((each) => ({
        name: `${what}, ${each.name}`,
        run: (amount: number) => shoot(each, what, amount),
        count,
      })),
    );
    // The first was to warm up.
    const times = contenders.map(({ name, spent }) =>
      summary(`${what}, ${name}, processor time of a request`, spent[what].slice(1), 'ms'),
    );
    figures.push(...rates, ...times);
    ratios[`${what}: all on / all off, requests (target 0.85)`] = rates[0]!.median / rates[1]!.median;
    ratios[`${what}: all off / all on, processor time`] = times[1]!.median / times[0]!.median;
  }
  report(`GET /v1/offers/:id and POST /v1/offers, SQLite, ${CONNECTIONS} connections`, figures, ratios);
} finally {
  await Promise.all(contenders.map(({ server }) => server.stop()));
  rmSync(directory, { recursive: true, force: true });
}
