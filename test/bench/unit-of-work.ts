import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { dataSourceOptions, ModulithModule, Runtime, runInRequest } from '@aitbc/modulith';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startPostgres } from '../support/postgres-server.js';
import { Account, book, BookModule, Deposit, till, tillDatabase, TillModule } from './deposits.js';
import { compare, type Contender, report } from './measure.js';

/* A unit of work: one entity read, one update, one event, and the record that it was done. */

const ACCOUNTS = 64;

async function kernelApp(url: string) {
  @Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [till, book],
        // The book is somebody else's process: the write alone is measured, not the handling of its event.
        hosted: ['till'],
        databaseUrl: () => url,
        secret: 'bench',
        parity: 'fast',
        remote: {
          send: () => Promise.reject(new Error('not here')),
          deliver: () => new Promise(() => undefined),
          isReachable: () => true,
        },
      }),
      TillModule,
    ],
  })
  class App {}
  const app = await NestFactory.createApplicationContext(App, { logger: false });
  return { app, bus: app.get(CommandBus) };
}

async function handlingApp(url: string) {
  @Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [till, book],
        hosted: ['till', 'book'],
        databaseUrl: () => url,
        secret: 'bench',
        parity: 'fast',
      }),
      TillModule,
      BookModule,
    ],
  })
  class App {}
  return NestFactory.createApplicationContext(App, { logger: false });
}

/** What somebody who knows the traps would write with TypeORM, without the kernel. */
async function byHand(url: string, isPostgres: boolean) {
  const dataSource = await new DataSource(dataSourceOptions(tillDatabase, url)).initialize();
  const queryRunnerOf = () => dataSource.createQueryRunner('master');
  if (!isPostgres) await dataSource.query('PRAGMA synchronous = FULL');
  const deposit = async (id: string) => {
    const runner = queryRunnerOf();
    await runner.query(isPostgres ? 'BEGIN' : 'BEGIN IMMEDIATE');
    Object.assign(runner, { isTransactionActive: true });
    const accounts = runner.manager.getRepository(Account);
    const account = await accounts.findOneByOrFail({ id });
    account.total += 1;
    await accounts.save(account);
    const now = Date.now();
    const place = (count: number) =>
      Array.from({ length: count }, (_, at) => (isPostgres ? `$${at + 1}` : '?')).join(', ');
    await runner.query(`INSERT INTO till_inbox (message_id, handler, result, handled_at) VALUES (${place(4)})`, [
      uuidv7(),
      'till.Deposit',
      null,
      now,
    ]);
    await runner.query(
      `INSERT INTO till_outbox (message_id, target, name, key, payload, metadata, published_at) VALUES (${place(7)})`,
      [uuidv7(), 'book', 'till.Deposited', id, JSON.stringify({ id, total: account.total }), '{}', now],
    );
    await runner.query('COMMIT');
    Object.assign(runner, { isTransactionActive: false });
    await runner.release();
  };
  return { dataSource, deposit };
}

const inTurn = (work: (id: string) => Promise<unknown>) => async (count: number) => {
  for (let at = 0; at < count; at++) await work(`a${at % ACCOUNTS}`);
};

/** Lanes on accounts of their own, so that both sides meet the same (few) conflicts. */
const inLanes = (work: (id: string) => Promise<unknown>, lanes: number) => async (count: number) => {
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let at = 0; at < count / lanes; at++) await work(`a${lane}`);
    }),
  );
};

async function measureOn(kind: 'SQLite' | 'Postgres', url: string, count: number) {
  const isPostgres = kind === 'Postgres';
  const { app, bus } = await kernelApp(url);
  const hand = await byHand(url, isPostgres);
  const runtime = app.get(Runtime);
  const { database } = runtime.module('till')!;
  await database.write(
    Array.from({ length: ACCOUNTS }, (_, at) => `INSERT INTO till_accounts (id, total) VALUES ('a${at}', 0)`),
  );
  // Only the write is measured: the relay would otherwise work beside it.
  runtime.committed = () => undefined;
  const kernel = (id: string) => runInRequest({}, () => bus.execute(Deposit.of({ id })));
  const contenders: Contender[] = [
    { name: `${kind}, by hand through TypeORM, one at a time`, run: inTurn(hand.deposit), count },
    { name: `${kind}, unit of work, one at a time`, run: inTurn(kernel), count },
  ];
  if (isPostgres) {
    contenders.push(
      { name: `${kind}, by hand through TypeORM, 5 at once`, run: inLanes(hand.deposit, 5), count },
      { name: `${kind}, unit of work, 5 at once`, run: inLanes(kernel, 5), count },
    );
  }
  const figures = await compare(contenders, 7);
  await hand.dataSource.destroy();
  await app.close();
  return figures;
}

/** Commit to handled and committed, in an idle system: milliseconds at the 99th percentile. */
async function handOverLatency(url: string): Promise<{ p50: number; p99: number }> {
  const app = await handlingApp(url);
  const runtime = app.get(Runtime);
  const { consumer } = runtime.module('book')!;
  const times: number[] = [];
  const accept = consumer.accept.bind(consumer);
  let committedAt = 0;
  const committed = runtime.committed.bind(runtime);
  runtime.committed = (module, publications, addressed, scope) => {
    if (publications.length > 0) committedAt = performance.now();
    committed(module, publications, addressed, scope);
  };
  let handled: () => void = () => undefined;
  consumer.accept = async (...args) => {
    await accept(...args);
    times.push(performance.now() - committedAt);
    handled();
  };
  await runtime.module('till')!.database.write([`INSERT INTO till_accounts (id, total) VALUES ('b', 0)`]);
  for (let at = 0; at < 300; at++) {
    const done = new Promise<void>((resolve) => (handled = resolve));
    await runInRequest({}, () => app.get(CommandBus).execute(Deposit.of({ id: 'b' })));
    await done;
    await new Promise((end) => setTimeout(end, 5));
  }
  await app.close();
  const sorted = times.slice(50).toSorted((a, b) => a - b);
  return { p50: sorted[Math.floor(sorted.length * 0.5)]!, p99: sorted[Math.floor(sorted.length * 0.99)]! };
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const postgres = await startPostgres();
try {
  const sqlite = `sqlite:${join(directory, 'bench.sqlite')}`;
  const figures = [...(await measureOn('SQLite', sqlite, 500)), ...(await measureOn('Postgres', postgres.url, 1_000))];
  const rateOf = (name: string) => figures.find((each) => each.name === name)!.median;
  const ratio = (kind: string, how: string) =>
    rateOf(`${kind}, unit of work, ${how}`) / rateOf(`${kind}, by hand through TypeORM, ${how}`);
  const onSqlite = await handOverLatency(`sqlite:${join(directory, 'latency.sqlite')}`);
  const onPostgres = await handOverLatency(postgres.url);
  report('One entity read, one update, one event', figures, {
    'SQLite, unit of work / by hand (target 1)': ratio('SQLite', 'one at a time'),
    'Postgres, unit of work / by hand, one at a time (target 1)': ratio('Postgres', 'one at a time'),
    'Postgres, unit of work / by hand, 5 at once (target 1)': ratio('Postgres', '5 at once'),
  });
  console.log('\n  Commit to handled and committed, idle, same process (target: p99 at most 5 ms)');
  console.log(`    SQLite    p50 ${onSqlite.p50.toFixed(2)} ms, p99 ${onSqlite.p99.toFixed(2)} ms`);
  console.log(`    Postgres  p50 ${onPostgres.p50.toFixed(2)} ms, p99 ${onPostgres.p99.toFixed(2)} ms`);
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
