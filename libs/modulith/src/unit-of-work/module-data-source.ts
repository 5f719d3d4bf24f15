import pg from 'pg';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import { SqliteQueryRunner } from 'typeorm/driver/sqlite/SqliteQueryRunner.js';
import { currentContext } from '../context/message-context.js';
import { ModulithError } from '../contract/errors.js';
import { parseDatabaseUrl } from './database-url.js';
import { PostgresUnit } from './postgres-unit.js';
import { SqliteUnit } from './sqlite-unit.js';
import { SqliteWriter } from './sqlite-writer.js';
import type { Unit } from './unit.js';

type EntityClass = new (...args: never[]) => object;

/** What a module stores: its entities and the migrations that make their tables, all under its own prefix. */
export interface DatabaseDefinition {
  readonly module: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly EntityClass[];
}

export function defineDatabase(definition: DatabaseDefinition): DatabaseDefinition {
  return definition;
}

const POOL_SIZE = 6;

/** How a module's connections to its Postgres are used: one pool for units of work, one for reads. */
export interface PoolUse {
  readonly pool: 'writer' | 'reader';
  readonly inUse: number;
  readonly idle: number;
  /** Those who wait for a connection. */
  readonly waiting: number;
  readonly most: number;
}

/** TypeORM switches sqlite3 to "verbose", which captures a stack for every statement: a fifth of a read's time. */
const quietSqlite = { ...sqlite3, verbose: (): unknown => quietSqlite };

/**
 * Hears of it when its connection is lost even while nobody holds it: between the pool, which stops listening when it
 * hands a client out, and TypeORM, which begins a moment later, a server that shuts down would end the process.
 * Whoever uses the client then is told by the next statement.
 */
class HeedfulClient extends pg.Client {
  constructor(...parameters: ConstructorParameters<typeof pg.Client>) {
    super(...parameters);
    this.on('error', () => undefined);
  }
}

/** The TypeORM options of a module's database, for the application and for TypeORM's command line alike. */
export function dataSourceOptions(definition: DatabaseDefinition, url: string): DataSourceOptions {
  const { module } = definition;
  const target = parseDatabaseUrl(url);
  const shared = {
    name: module,
    entities: [...definition.entities],
    migrations: [...definition.migrations],
    migrationsTableName: `${module}_migrations`,
    synchronize: false,
    migrationsRun: false,
  };
  if (target.type === 'sqlite') {
    return { ...shared, type: 'sqlite', database: target.path, busyTimeout: 10_000, driver: quietSqlite };
  }
  const session = (...settings: string[]) =>
    withQuery(target.url, 'options', [`search_path=${module}`, ...settings].map((each) => `-c ${each}`).join(' '));
  return {
    ...shared,
    type: 'postgres',
    schema: module,
    poolSize: POOL_SIZE,
    installExtensions: false,
    extra: { Client: HeedfulClient },
    replication: {
      // Without sequential scans: under SERIALIZABLE one of a small table conflicts with every writer of it.
      master: { url: session('default_transaction_isolation=serializable', 'enable_seqscan=off') },
      slaves: [{ url: session('default_transaction_read_only=on') }],
    },
  };
}

function withQuery(url: string, name: string, value: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set(name, value);
  return parsed.toString();
}

/**
 * A data source whose repositories join the unit of work of the message being handled, and otherwise read from
 * read-only connections. They stay TypeORM's own repositories: only where they get a query runner is decided here.
 */
export class ModuleDataSource extends DataSource {
  private writer?: SqliteWriter;

  constructor(
    readonly module: string,
    options: DataSourceOptions,
  ) {
    super(options);
  }

  override async initialize(): Promise<this> {
    if (this.options.type === 'sqlite') this.writer = await SqliteWriter.of(this.options.database);
    try {
      await super.initialize();
      if (this.writer) await super.createQueryRunner().query('PRAGMA query_only = ON');
      return this;
    } catch (error) {
      await this.writer?.release();
      throw error;
    }
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    await this.writer?.release();
  }

  override createQueryRunner(mode: ReplicationMode = 'master'): QueryRunner {
    const scope = currentContext()?.scope;
    if (scope && scope.module !== this.module) {
      throw new ModulithError(
        'foreign_data',
        `A handler of "${scope.module}" used a repository of "${this.module}": ask that module instead.`,
      );
    }
    if (scope?.mode === 'write') return scope.runner();
    if (mode === 'master' && !this.isInitialized) return super.createQueryRunner(mode);
    return this.options.type === 'sqlite'
      ? this.withManager(new SqliteQueryRunner(this.driver as SqliteDriver))
      : super.createQueryRunner('slave');
  }

  /** None on SQLite: there a file has one writing connection and one that reads. */
  poolUse(): PoolUse[] {
    if (this.options.type !== 'postgres' || !this.isInitialized) return [];
    const { master, slaves } = this.driver as PostgresDriver;
    const use = (pool: PoolUse['pool'], { totalCount, idleCount, waitingCount }: pg.Pool): PoolUse => ({
      pool,
      inUse: totalCount - idleCount,
      idle: idleCount,
      waiting: waitingCount,
      most: POOL_SIZE,
    });
    return [use('writer', master as pg.Pool), use('reader', slaves[0] as pg.Pool)];
  }

  /** A transaction that nothing else joins. */
  openUnit(beginSql?: string): Unit {
    const unit = this.writer
      ? new SqliteUnit(this.driver as SqliteDriver, this.writer)
      : new PostgresUnit(this.driver as PostgresDriver, beginSql);
    this.withManager(unit.runner);
    return unit;
  }

  /** What `DataSource.createQueryRunner` does for the runners that it makes itself. */
  private withManager<R extends QueryRunner>(runner: R): R {
    return Object.assign(runner, { manager: this.createEntityManager(runner) });
  }
}
