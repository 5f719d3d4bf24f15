import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import {
  dataSourceOptions,
  defineContract,
  defineDatabase,
  durable,
  Event,
  Key,
  ModulithModule,
  Runtime,
} from '@aitbc/modulith';
import { IsInt, IsString } from 'class-validator';
import {
  Column,
  DataSource,
  Entity,
  type MigrationInterface,
  PrimaryColumn,
  type QueryRunner,
  Repository,
  Table,
} from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { startPostgres } from '../support/postgres-server.js';
import { compare, type Contender, report } from './measure.js';

/* Events handled: each updates one row in a transaction of its own that also says the event was handled. */

@Entity('book_totals')
class Total {
  @PrimaryColumn({ type: 'varchar', length: 64 }) id: string;
  @Column({ type: 'integer' }) sum: number;
}

class CreateTotals1700000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'id', type: 'varchar', length: '64', isPrimary: true },
      { name: 'sum', type: 'integer' },
    ];
    await queryRunner.createTable(new Table({ name: 'book_totals', columns }));
  }
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('book_totals');
  }
}

class Deposited extends Event {
  @Key() @IsString() id: string;
  @IsInt() amount: number;
}

@EventsHandler(Deposited)
class AddToTotal implements IEventHandler<Deposited> {
  constructor(@InjectRepository(Total, 'book') private readonly totals: Repository<Total>) {}

  async handle({ id, amount }: Deposited): Promise<void> {
    const total = await this.totals.findOneByOrFail({ id });
    total.sum += amount;
    await this.totals.save(total);
  }
}

const till = defineContract('till', { events: [Deposited] });
const book = defineContract('book', { subscribes: [durable('AddToTotal', Deposited)] });
const tillDatabase = defineDatabase({ module: 'till', entities: [], migrations: [] });
const bookDatabase = defineDatabase({ module: 'book', entities: [Total], migrations: [CreateTotals1700000000001] });

@Module({ imports: [ModulithModule.forModule(till, tillDatabase)] })
class TillModule {}
@Module({ imports: [ModulithModule.forModule(book, bookDatabase)], providers: [AddToTotal] })
class BookModule {}

async function kernelApp(url: string) {
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

/** What somebody who knows the traps would write with TypeORM, without the kernel: one transaction for each event. */
async function byHand(url: string, isPostgres: boolean) {
  const dataSource = await new DataSource(dataSourceOptions(bookDatabase, url)).initialize();
  if (!isPostgres) await dataSource.query('PRAGMA synchronous = FULL');
  const place = isPostgres ? '$1, $2, $3, $4' : '?, ?, ?, ?';
  const apply = async (id: string) => {
    const runner = dataSource.createQueryRunner('master');
    await runner.query(isPostgres ? 'BEGIN' : 'BEGIN IMMEDIATE');
    Object.assign(runner, { isTransactionActive: true });
    const totals = runner.manager.getRepository(Total);
    const total = await totals.findOneByOrFail({ id });
    total.sum += 1;
    await totals.save(total);
    const inbox = `INSERT INTO book_inbox (message_id, handler, result, handled_at) VALUES (${place})`;
    await runner.query(inbox, [uuidv7(), 'AddToTotal', null, Date.now()]);
    await runner.query('COMMIT');
    Object.assign(runner, { isTransactionActive: false });
    await runner.release();
  };
  return { dataSource, apply };
}

/** Lanes on keys of their own, as the kernel handles them, so that both sides meet the same (few) conflicts. */
const inLanes = (work: (id: string) => Promise<unknown>, lanes: number) => async (count: number) => {
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (let at = 0; at < count / lanes; at++) await work(`a${lane}`);
    }),
  );
};

async function measureOn(kind: 'SQLite' | 'Postgres', url: string, lanes: number, count: number) {
  const app = await kernelApp(url);
  const hand = await byHand(url, kind === 'Postgres');
  const runtime = app.get(Runtime);
  const totals = Array.from({ length: lanes }, (_, at) => `INSERT INTO book_totals (id, sum) VALUES ('a${at}', 0)`);
  await runtime.module('book')!.database.write(totals);
  // From where the relay hands an event over: reading the outbox and confirming to it are done for many at once.
  const handle = (id: string) => {
    const messageId = uuidv7();
    const metadata = { version: 1, correlationId: messageId };
    const payload = runtime.registry.codec.encode(Deposited.of({ id, amount: 1 }));
    return runtime.accept(
      'book',
      { messageId, name: 'till.Deposited', key: id, payload, metadata, publishedAt: new Date() },
      false,
    );
  };
  const contenders: Contender[] = [
    { name: `${kind}, by hand through TypeORM`, run: inLanes(hand.apply, lanes), count },
    { name: `${kind}, events handled`, run: inLanes(handle, lanes), count },
  ];
  const figures = await compare(contenders, 7);
  await hand.dataSource.destroy();
  await app.close();
  return figures;
}

const directory = mkdtempSync(join(tmpdir(), 'aitbc-bench-'));
const postgres = await startPostgres();
try {
  // SQLite has one writer; on Postgres as many are at work as a module's pool has connections.
  const [sqliteHand, sqliteOwn] = await measureOn('SQLite', `sqlite:${join(directory, 'bench.sqlite')}`, 1, 500);
  const [postgresHand, postgresOwn] = await measureOn('Postgres', postgres.url, 5, 1_000);
  report(
    'One event handled in one transaction with its inbox row',
    [sqliteHand!, sqliteOwn!, postgresHand!, postgresOwn!],
    {
      'SQLite, events / by hand (target 0.8)': sqliteOwn!.median / sqliteHand!.median,
      'Postgres, events / by hand (target 0.8)': postgresOwn!.median / postgresHand!.median,
    },
  );
} finally {
  await postgres.stop();
  rmSync(directory, { recursive: true, force: true });
}
