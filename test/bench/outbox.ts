import 'reflect-metadata';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ModuleDatabase } from '@aitbc/modulith/unit-of-work/module-database.js';
import { StreamsLink } from '@aitbc/modulith/transport/link.js';
import { Presence } from '@aitbc/modulith/transport/presence.js';
import { StreamsServer } from '@aitbc/modulith/transport/server.js';
import { ModulithModule, Runtime } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { RedisServer } from '../../src/topology/redis-server.js';
import { startPostgres } from '../support/postgres-server.js';
import { book, BookModule, Deposit, till, TillModule } from './deposits.js';
import { compare, type Figure, report, summary } from './measure.js';

/*
 * From a module's outbox on Postgres over Redis to another process: how fast a backlog leaves, how many remote commands
 * with inbox and outbox are carried out beside bare pg and @moleculer/channels, and how long a commit waits for its event
 * to be handled and committed elsewhere.
 */

const SECRET = 'bench';
const BACKLOG = 1_000_000;
const SEGMENT = 100_000;
const ACCOUNTS = 1_000;
const IN_FLIGHT = 100;
const now = () => performance.timeOrigin + performance.now();

type Role = 'confirm' | 'till' | 'book';

function modulith(hosted: readonly string[], postgres: string, redis: string) {
  const modules = { till: TillModule, book: BookModule };
  @Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [till, book],
        hosted,
        databaseUrl: () => postgres,
        secret: SECRET,
        parity: 'fast',
        redisUrl: redis,
      }),
      ...hosted.map((name) => modules[name as keyof typeof modules]),
    ],
  })
  class App {}
  return NestFactory.createApplicationContext(App, { logger: ['error'] });
}

/** Confirms whatever comes for the book, and says when each segment was complete: the relay alone is measured. */
async function confirm(redis: string): Promise<void> {
  const process_ = { id: `confirm-${process.pid}`, services: ['book'], labels: {}, since: Date.now() };
  const link = new StreamsLink({ url: redis, secret: SECRET, process: process_ });
  const server = new StreamsServer(link);
  const presence = new Presence(link);
  let confirmed = 0;
  const serve = async () => {
    if (++confirmed % SEGMENT === 0) process.send!({ at: now() });
    return { ok: true, body: '' };
  };
  server.serve('book/events', serve, { maxInFlight: 4_096 });
  await link.start();
  await server.start();
  await presence.start();
}

/** Hosts the book and says when the effect of each event was committed. */
async function handleEvents(postgres: string, redis: string): Promise<void> {
  const app = await modulith(['book'], postgres, redis);
  const { consumer } = app.get(Runtime).module('book')!;
  const accept = consumer.accept.bind(consumer);
  consumer.accept = async (...args) => {
    await accept(...args);
    process.send!({ at: now() });
  };
}

async function startRole(role: Role, postgres: string, redis: string): Promise<ChildProcess> {
  const child = fork(fileURLToPath(import.meta.url), ['role', role, postgres, redis]);
  await once(child, 'message');
  return child;
}

async function stopRole(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function fillOutbox(database: ModuleDatabase): Promise<void> {
  const payload = `'{"$t":"till.Deposited","v":{"id":"k' || (n % ${ACCOUNTS}) || '","total":' || n || '}}'`;
  await database.write([
    `INSERT INTO till_outbox (message_id, target, name, key, payload, metadata, published_at)
     SELECT gen_random_uuid()::text, 'book', 'till.Deposited', 'k' || (n % ${ACCOUNTS}), ${payload}, '{"version":1,"correlationId":"bench"}', ${Date.now()}
     FROM generate_series(1, ${BACKLOG}) n`,
  ]);
}

/** How fast a backlog leaves the outbox, segment by segment. */
async function measureRelay(postgres: string, redis: string): Promise<Figure[]> {
  const app = await modulith(['till'], postgres, redis);
  await fillOutbox(app.get(Runtime).module('till')!.database);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const consumer = fork(fileURLToPath(import.meta.url), ['role', 'confirm', postgres, redis]);
  const times: number[] = [];
  await new Promise<void>((resolve) => {
    consumer.on('message', (message: { at?: number }) => {
      times.push(message.at ?? now());
      if (times.length > BACKLOG / SEGMENT) resolve();
    });
  });
  const rates = times.slice(1).map((at, segment) => SEGMENT / ((at - times[segment]!) / 1_000));
  await app.close();
  await stopRole(consumer);
  return [
    summary('outbox to Redis and confirmed, a backlog of 1,000,000', rates, '/s'),
    summary('the same, its first 100,000', [rates[0]!], '/s'),
    summary('the same, its last 100,000', [rates.at(-1)!], '/s'),
  ];
}

const inFlight = (work: (at: number) => Promise<unknown>) => async (count: number) => {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
};

/** The same writes by hand, on as many connections as the kernel has. */
function barePg(postgres: string) {
  const options = '-c search_path=till';
  const pool = new pg.Pool({ connectionString: postgres, max: 6, options });
  const deposit = async (at: number) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('UPDATE till_accounts SET total = total + 1 WHERE id = $1', [`a${at % ACCOUNTS}`]);
      await client.query('INSERT INTO till_inbox (message_id, handler, result, handled_at) VALUES ($1, $2, NULL, $3)', [
        uuidv7(),
        'bare',
        Date.now(),
      ]);
      await client.query(
        "INSERT INTO till_outbox (message_id, target, name, key, payload, metadata, published_at) VALUES ($1, 'nobody', 'bare', $2, '{}', '{}', $3)",
        [uuidv7(), `a${at % ACCOUNTS}`, Date.now()],
      );
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  return { deposit, stop: () => pool.end() };
}

interface Broker {
  start(): Promise<void>;
  stop(): Promise<void>;
  createService(schema: object): void;
  sendToChannel(name: string, payload: object, options?: object): Promise<void>;
}

/** Durable messages with neither inbox nor outbox: sent, handled, acknowledged. */
async function channels(redis: string) {
  const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
  const { ServiceBroker } = require('moleculer') as { ServiceBroker: new (options: object) => Broker };
  const { Middleware } = require('@moleculer/channels') as { Middleware: (options: object) => object };
  const waiting = new Map<number, () => void>();
  const broker = new ServiceBroker({
    logger: false,
    middlewares: [Middleware({ adapter: { type: 'Redis', options: { redis: { url: redis } } } })],
  });
  const handler = async ({ at }: { at: number }) => waiting.get(at)?.();
  broker.createService({ name: 'till', channels: { deposit: { maxInFlight: IN_FLIGHT, handler } } });
  await broker.start();
  let next = 0;
  const send = () => {
    const at = next++;
    return new Promise<void>((resolve, reject) => {
      waiting.set(at, () => {
        waiting.delete(at);
        resolve();
      });
      broker.sendToChannel('deposit', { at }).catch(reject);
    });
  };
  return { send, stop: () => broker.stop() };
}

async function measureCommands(postgres: string, redis: string): Promise<Figure[]> {
  const server = await startRole('till', postgres, redis);
  const client = await modulith([], postgres, redis);
  const commands = client.get(CommandBus);
  const bare = barePg(postgres);
  const durable = await channels(redis);
  const figures = await compare(
    [
      {
        name: 'remote commands with inbox and outbox, 100 at once',
        run: inFlight((at) => commands.execute(Deposit.of({ id: `a${at % ACCOUNTS}` }))),
        count: 3_000,
      },
      { name: 'bare pg, the same writes, 100 at once', run: inFlight(bare.deposit), count: 3_000 },
      {
        name: '@moleculer/channels, neither inbox nor outbox, 100 at once',
        run: inFlight(durable.send),
        count: 10_000,
      },
    ],
    5,
  );
  await Promise.all([client.close(), bare.stop(), durable.stop()]);
  await stopRole(server);
  return figures;
}

/** From a commit to the commit of its handler in another process, in an idle system. */
async function measureLatency(postgres: string, redis: string): Promise<Figure> {
  const consumer = await startRole('book', postgres, redis);
  const app = await modulith(['till'], postgres, redis);
  const runtime = app.get(Runtime);
  let committedAt = 0;
  const committed = runtime.committed.bind(runtime);
  runtime.committed = (module, publications, addressed, scope) => {
    if (publications.length > 0) committedAt = now();
    committed(module, publications, addressed, scope);
  };
  const times: number[] = [];
  for (let at = 0; at < 500; at++) {
    const handled = once(consumer, 'message') as Promise<[{ at: number }]>;
    await app.get(CommandBus).execute(Deposit.of({ id: `a${at % ACCOUNTS}` }));
    times.push((await handled)[0].at - committedAt);
  }
  await app.close();
  await stopRole(consumer);
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)]!;
  return {
    name: 'commit to handled and committed in another process, p99',
    unit: 'ms',
    median: at(0.99),
    least: at(0.5),
    most: sorted.at(-1)!,
  };
}

async function main(): Promise<void> {
  const [redis, postgres] = await Promise.all([RedisServer.start(), startPostgres()]);
  const setUp = await modulith(['till', 'book'], postgres.url, redis.url);
  await setUp
    .get(Runtime)
    .module('till')!
    .database.write([
      `INSERT INTO till_accounts (id, total) SELECT 'a' || n, 0 FROM generate_series(0, ${ACCOUNTS - 1}) n`,
    ]);
  await setUp.close();
  const latency = await measureLatency(postgres.url, redis.url);
  const commands = await measureCommands(postgres.url, redis.url);
  await onServer(postgres.url, 'TRUNCATE till.till_outbox');
  const relay = await measureRelay(postgres.url, redis.url);
  const [own, bare] = commands as [Figure, Figure];
  report('Outbox on Postgres, over Redis', [...relay, ...commands, latency], {
    'relay / 20,000 events a second (target 1)': relay[0]!.median / 20_000,
    'relay, last 100,000 / first 100,000 (flat: 1)': relay[2]!.median / relay[1]!.median,
    'remote commands / bare pg (target 0.5)': own.median / bare.median,
  });
  await redis.stop();
  await postgres.stop();
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const [mode, role, postgres, redis] = process.argv.slice(2);
if (mode === 'role') {
  if (role === 'confirm') await confirm(redis!);
  else if (role === 'book') await handleEvents(postgres!, redis!);
  else {
    const app = await modulith(['till'], postgres!, redis!);
    app.enableShutdownHooks();
  }
  process.send!({});
} else await main();
