import type pg from 'pg';
import sqlite3 from 'sqlite3';
import { DataSource, type DataSourceOptions, type QueryRunner, type ReplicationMode } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import { SqliteQueryRunner } from 'typeorm/driver/sqlite/SqliteQueryRunner.js';
import { currentContext } from '../context/message-context.js';
import { ModulithError } from '../contract/errors.js';
import { parseDatabaseUrl } from './database-url.js';
import { type WatchedClient, watchedClients } from './postgres-client.js';
import { prepareSession, type SessionKind, sessionOptions, verifySessions } from './postgres-session.js';
import { type BeginOptions, endUnitsOf, PostgresUnit } from './postgres-unit.js';
import { SqliteUnit } from './sqlite-unit.js';
import { SqliteWriter } from './sqlite-writer.js';
import type { Unit } from './unit.js';

type EntityClass = new (...args: never[]) => object;

/** A module's storage: its entities and their migrations, all under the module's prefix. */
export interface DatabaseDefinition {
  readonly module: string;
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly EntityClass[];
}

export function defineDatabase(definition: DatabaseDefinition): DatabaseDefinition {
  return definition;
}

/** Half of them for writes and half for reads. */
const DEFAULT_CONNECTIONS = 12;

/** The use of a module's Postgres connections: one pool for units of work, one for reads. */
export interface PoolUse {
  readonly pool: 'writer' | 'reader';
  readonly inUse: number;
  readonly idle: number;
  /** Callers waiting for a connection. */
  readonly waiting: number;
  readonly most: number;
}

/** TypeORM switches sqlite3 to "verbose", which captures a stack for every statement: a fifth of a read's time. */
const quietSqlite = { ...sqlite3, verbose: (): unknown => quietSqlite };

/** The limits of a module's Postgres connections. */
export interface PostgresLimits {
  /** The connection limit of this process for the module; at least four. */
  readonly connections?: number;
  /** Statement timeout in milliseconds, unless the operator sets one; 0: none. */
  readonly statementMs?: number;
}

/** The TypeORM options of a module's database, for the application and for TypeORM's command line. */
export function dataSourceOptions(
  definition: DatabaseDefinition,
  url: string,
  limits: PostgresLimits = {},
): DataSourceOptions {
  const { module } = definition;
  const target = parseDatabaseUrl(url);
  const shared = {
    name: module,
    entities: [...definition.entities],
    migrations: [...definition.migrations],
    migrationsTableName: `${module}_migrations`,
    synchronize: false,
    migrationsRun: false,
    // By default TypeORM drops such a condition, and the rest finds, changes or deletes unrelated rows.
    invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' } as const,
  };
  if (target.type === 'sqlite') {
    return { ...shared, type: 'sqlite', database: target.path, busyTimeout: 10_000, driver: quietSqlite };
  }
  // This is the pools' only visible difference to their clients; an operator's own name in the URL takes precedence.
  const named = (kind: SessionKind) => ({ url: target.url, applicationName: `${module} ${kind}` });
  return {
    ...shared,
    type: 'postgres',
    schema: module,
    poolSize: Math.max(2, Math.trunc((limits.connections ?? DEFAULT_CONNECTIONS) / 2)),
    installExtensions: false,
    extra: {
      Client: watchedClients(),
      onConnect: (client: WatchedClient) => {
        const kind = client.poolName === named('reader').applicationName ? 'reader' : 'writer';
        return prepareSession(client, sessionOptions(module, target.url, kind, limits.statementMs));
      },
    },
    replication: { master: named('writer'), slaves: [named('reader')] },
  };
}

/**
 * A data source whose repositories join the current message's unit of work, and otherwise use read-only connections.
 * They are TypeORM's own repositories: this class only decides where they get a query runner.
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
      await this.verify();
      if (this.writer) await super.createQueryRunner().query('PRAGMA query_only = ON');
      return this;
    } catch (error) {
      if (this.isInitialized) await super.destroy();
      await this.writer?.release();
      throw error;
    }
  }

  /** @throws ModulithError if the sessions do not provide what the guarantees need */
  private async verify(): Promise<void> {
    if (this.options.type !== 'postgres') return;
    const { url } = this.options.replication!.master;
    const { master, slaves } = this.driver as PostgresDriver;
    await verifySessions(master as pg.Pool, sessionOptions(this.module, url!, 'writer'));
    await verifySessions(slaves[0] as pg.Pool, sessionOptions(this.module, url!, 'reader'));
  }

  override async destroy(): Promise<void> {
    if (this.options.type === 'postgres') endUnitsOf(this.driver as PostgresDriver);
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

  /** Empty on SQLite, which has one writing and one reading connection per file. */
  poolUse(): PoolUse[] {
    if (this.options.type !== 'postgres' || !this.isInitialized) return [];
    const { master, slaves } = this.driver as PostgresDriver;
    const use = (pool: PoolUse['pool'], { totalCount, idleCount, waitingCount, options }: pg.Pool): PoolUse => ({
      pool,
      inUse: totalCount - idleCount,
      idle: idleCount,
      waiting: waitingCount,
      most: options.max,
    });
    return [use('writer', master as pg.Pool), use('reader', slaves[0] as pg.Pool)];
  }

  /** A transaction that nothing else joins. */
  openUnit(begin?: BeginOptions): Unit {
    const unit = this.writer
      ? new SqliteUnit(this.driver as SqliteDriver, this.writer)
      : new PostgresUnit(this.driver as PostgresDriver, begin);
    this.withManager(unit.runner);
    return unit;
  }

  /** Does what `DataSource.createQueryRunner` does for the runners that it creates. */
  private withManager<R extends QueryRunner>(runner: R): R {
    return Object.assign(runner, { manager: this.createEntityManager(runner) });
  }
}
