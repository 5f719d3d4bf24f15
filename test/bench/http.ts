import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../support/api.js';
import { enter, offerGpu } from '../support/people.js';
import { Told } from '../support/told.js';
import { RedisServer } from '../../src/topology/redis-server.js';
import { compare, report, summary } from './measure.js';
import { type Server, startPlatform, startPeer } from './processes.js';

/*
 * One offer read over HTTP: through the gateway with everything on, and by a bare Nest application on the same database;
 * and through a gateway whose marketplace is in another process.
 */

const CONNECTIONS = 16;
const REQUESTS = 5_000;
const ROUNDS = 1_000;

interface Shot {
  '2xx': number;
}
const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
const autocannon = require('autocannon') as (options: object) => Promise<Shot>;

const cpuSeconds = async (server: Server) => {
  const [user, system] = [
    server.metric('process_cpu_user_seconds_total'),
    server.metric('process_cpu_system_seconds_total'),
  ];
  return (await user) + (await system);
};

/** Requests of one round; notes the server's processor time for each, in milliseconds. */
function shooting(server: Server, path: string, headers: object, spent: number[]) {
  return async (count: number) => {
    const before = await cpuSeconds(server);
    const { '2xx': answered } = await autocannon({
      url: server.url + path,
      connections: CONNECTIONS,
      amount: count,
      headers,
    });
    if (answered !== count) throw new Error(`Only ${answered} of ${count} requests to ${server.url} succeeded.`);
    spent.push((((await cpuSeconds(server)) - before) * 1_000) / count);
  };
}

/** Milliseconds of one request after the other, taking turns. */
async function times(urls: readonly string[], headers: Record<string, string>): Promise<number[][]> {
  const measured: number[][] = urls.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, url] of urls.entries()) {
      const started = performance.now();
      const answer = await fetch(url, { headers });
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
      measured[at]!.push(performance.now() - started);
    }
  }
  return measured;
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const servers: Server[] = [];
const redis = await RedisServer.start();
try {
  // Calls between modules as in production: the strict mode is there to find mistakes.
  const monolith = await startPlatform(directory, { MODULITH_PARITY: 'fast' });
  servers.push(monolith);
  const provider = await enter(new Api(monolith.url, new Told()), 'provider');
  const offer = await offerGpu(provider);
  const bare = await startPeer('bare-server.js', { DATABASE: join(directory, 'aitbc.sqlite') });
  servers.push(bare);

  const path = `/v1/offers/${offer.id}`;
  const [ours, theirs] = await Promise.all([
    provider.api.get(path),
    fetch(bare.url + path).then((each) => each.text()),
  ]);
  if (ours.text !== theirs) throw new Error(`The two answer differently:\n${ours.text}\n${theirs}`);

  const spent = { monolith: [] as number[], bare: [] as number[] };
  const authorization = `Bearer ${provider.api.token}`;
  const figures = await compare([
    { name: 'bare Nest, TypeORM and Fastify', run: shooting(bare, path, {}, spent.bare), count: REQUESTS },
    {
      name: 'gateway, everything on',
      run: shooting(monolith, path, { authorization }, spent.monolith),
      count: REQUESTS,
    },
  ]);
  const [bareFigure, ownFigure] = figures;
  // The first was to warm up.
  const bareTime = summary('bare, processor time of a request', spent.bare.slice(1), 'ms');
  const ownTime = summary('gateway, processor time of a request', spent.monolith.slice(1), 'ms');
  const elsewhere = { MODULITH_PARITY: 'fast', REDIS_URL: redis.url };
  const marketplace = await startPlatform(directory, { ...elsewhere, MODULES: 'marketplace' });
  servers.push(marketplace);
  const gateway = await startPlatform(directory, { ...elsewhere, MODULES: 'gateway' });
  servers.push(gateway);
  const [local, remote] = await times([monolith.url + path, gateway.url + path], { authorization });
  const localTime = summary('marketplace in the gateway’s process, one at a time', local!, 'ms');
  const remoteTime = summary('marketplace in another process, one at a time', remote!, 'ms');
  report(
    `GET /v1/offers/:id, SQLite, ${CONNECTIONS} connections`,
    [...figures, bareTime, ownTime, localTime, remoteTime],
    {
      'gateway / bare, requests (target 0.8)': ownFigure!.median / bareFigure!.median,
      'bare / gateway, processor time': bareTime.median / ownTime.median,
      'milliseconds that the other process adds (target 2)': remoteTime.median - localTime.median,
    },
  );
} finally {
  await Promise.all([...servers.map((each) => each.stop()), redis.stop()]);
  rmSync(directory, { recursive: true, force: true });
}
