import type { QueryResult } from 'pg';
import { QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { CommitUnknown, type Unit, unitClosed, WritesRefused } from './unit.js';

interface PostgresConnection {
  query(sql: string): Promise<QueryResult | QueryResult[]>;
  isPatient?: boolean;
}

/** How to begin a transaction other than a regular unit of work. */
export interface BeginOptions {
  readonly sql: string;
  /** Whether it may take any time, such as a migration. */
  readonly isPatient?: boolean;
}

/** Stated in each unit: a pooler need not preserve a session's default. */
const BEGIN: BeginOptions = { sql: 'BEGIN ISOLATION LEVEL SERIALIZABLE' };

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';
const READ_ONLY = '25006';

export function sqlStateOf(error: unknown): string | undefined {
  const found = error as { code?: unknown; driverError?: { code?: unknown } };
  const code = found.driverError?.code ?? found.code;
  // SQLSTATEs contain a digit; the system's EPIPE does not.
  return typeof code === 'string' && /^(?=.*\d)[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** The server closed the connection, or there is none: statements already sent may have been executed. */
const isConnectionLost = (error: unknown) => /^(57P|08)/.test(sqlStateOf(error) ?? '08');

const isConflict = (error: unknown) => [SERIALIZATION_FAILURE, DEADLOCK].includes(sqlStateOf(error) ?? '');

const refusedOrSame = (error: unknown) => (sqlStateOf(error) === READ_ONLY ? new WritesRefused(error) : error);

/** Drivers whose pools close: open units must not keep their connections. */
const closing = new WeakSet<PostgresDriver>();

/** From now on the driver's units end without a commit as soon as TypeORM releases their runners, and none begins. */
export function endUnitsOf(driver: PostgresDriver): void {
  closing.add(driver);
}

/**
 * A TypeORM query runner that begins its transaction on first use, runs its statements one at a time, and ends only
 * through its unit.
 */
class PostgresUnitRunner extends PostgresQueryRunner {
  private begun?: Promise<PostgresConnection>;
  private last: Promise<unknown> = Promise.resolve();
  private isEnding = false;
  isOpen = false;
  openedAt = 0;
  conflicted = false;

  constructor(
    driver: PostgresDriver,
    private readonly beginning: BeginOptions,
  ) {
    super(driver, 'master');
    // Makes save() and cascades join this transaction instead of beginning one.
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override connect(): Promise<PostgresConnection> {
    if (this.isEnding && !this.begun) throw unitClosed();
    if (closing.has(this.driver) && !this.begun) throw new QueryRunnerAlreadyReleasedError();
    return (this.begun ??= this.begin());
  }

  private async begin(): Promise<PostgresConnection> {
    const connection = (await super.connect()) as PostgresConnection;
    connection.isPatient = this.beginning.isPatient ?? false;
    await connection.query(this.beginning.sql);
    this.isOpen = true;
    this.openedAt = performance.now();
    return connection;
  }

  override query(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<never> {
    if (this.isEnding) return Promise.reject(unitClosed());
    // One statement at a time: a pg client has a single pipeline, and its parallel use is deprecated.
    const answer = this.last
      .then(() => super.query(sql, parameters as never[], useStructuredResult) as Promise<never>)
      .catch((error: unknown) => {
        throw refusedOrSame(error);
      });
    this.last = answer.catch((error: unknown) => {
      if (isConflict(error)) this.conflicted = true;
    });
    return answer;
  }

  async commit(statements: readonly string[]): Promise<void> {
    const connection = await this.connect();
    await this.settle();
    try {
      const answer = await connection.query([...statements, 'COMMIT'].join(';\n'));
      const last = Array.isArray(answer) ? answer.at(-1) : answer;
      // If a statement failed before, Postgres answers COMMIT with ROLLBACK rather than an error.
      if (last?.command !== 'COMMIT') throw new Error('The transaction had failed before.');
    } catch (error) {
      if (isConflict(error)) this.conflicted = true;
      const rolledBack = await this.undo(connection);
      throw isConnectionLost(error) && !rolledBack ? new CommitUnknown(error) : refusedOrSame(error);
    } finally {
      await this.close();
    }
  }

  async rollback(): Promise<void> {
    await this.settle();
    if (this.isOpen) await this.undo(await this.connect());
    await this.close();
  }

  /** Waits for statements in progress: they would otherwise run after this transaction, or keep its connection. */
  private async settle(): Promise<void> {
    this.isEnding = true;
    // The statement that triggered the begin reports its error.
    await this.begun?.catch(() => undefined);
    await this.last;
  }

  private undo(connection: PostgresConnection): Promise<boolean> {
    return connection.query('ROLLBACK').then(
      () => true,
      () => false,
    );
  }

  private async close(): Promise<void> {
    this.isOpen = false;
    await super.release();
  }

  /**
   * Only the unit ends the transaction; TypeORM releases the runner after every use. A closing pool releases runners
   * until none holds a connection, without a pause in which anything else could run: then the connection is closed, and
   * the server rolls back.
   */
  override release(): Promise<void> {
    if (!closing.has(this.driver)) return Promise.resolve();
    this.isOpen = false;
    return this['releasePostgresConnection'](new Error('The pool closes.'));
  }
}

export class PostgresUnit implements Unit {
  readonly runner: PostgresUnitRunner;

  constructor(driver: PostgresDriver, begin = BEGIN) {
    this.runner = new PostgresUnitRunner(driver, begin);
  }

  get isOpen(): boolean {
    return this.runner.isOpen;
  }

  get openedAt(): number {
    return this.runner.openedAt;
  }

  get conflicted(): boolean {
    return this.runner.conflicted;
  }

  commit(statements: readonly string[]): Promise<void> {
    return this.runner.commit(statements);
  }

  rollback(): Promise<void> {
    return this.runner.rollback();
  }
}
