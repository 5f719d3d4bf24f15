import type { QueryResult } from 'pg';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { ModulithError } from '../contract/errors.js';
import { CommitUnknown, type Unit } from './unit.js';

interface PostgresConnection {
  query(sql: string): Promise<QueryResult | QueryResult[]>;
}

const SERIALIZATION_FAILURE = '40001';
const DEADLOCK = '40P01';

export function sqlStateOf(error: unknown): string | undefined {
  const found = error as { code?: unknown; driverError?: { code?: unknown } };
  const code = found.driverError?.code ?? found.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

const isConflict = (error: unknown) => [SERIALIZATION_FAILURE, DEADLOCK].includes(sqlStateOf(error) ?? '');

/** A TypeORM query runner whose first use begins, whose statements take turns, and which ends only through its unit. */
class PostgresUnitRunner extends PostgresQueryRunner {
  private begun?: Promise<PostgresConnection>;
  private last: Promise<unknown> = Promise.resolve();
  isOpen = false;
  isClosed = false;
  conflicted = false;

  constructor(
    driver: PostgresDriver,
    private readonly beginSql: string,
  ) {
    super(driver, 'master');
    // So that save() and cascades join this transaction instead of beginning one.
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override connect(): Promise<PostgresConnection> {
    if (this.isClosed) throw new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');
    return (this.begun ??= this.begin());
  }

  private async begin(): Promise<PostgresConnection> {
    const connection = (await super.connect()) as PostgresConnection;
    await connection.query(this.beginSql);
    this.isOpen = true;
    return connection;
  }

  override query(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<never> {
    // One statement at a time: a pg client has a single pipeline, and parallel use of it is deprecated.
    const answer = this.last.then(() => super.query(sql, parameters as never[], useStructuredResult) as Promise<never>);
    this.last = answer.catch((error: unknown) => {
      if (isConflict(error)) this.conflicted = true;
    });
    return answer;
  }

  async end(sql: string): Promise<void> {
    const connection = await this.connect();
    await this.last;
    try {
      const answer = await connection.query(sql);
      const last = Array.isArray(answer) ? answer.at(-1) : answer;
      // Postgres answers COMMIT with ROLLBACK, not with an error, when a statement had failed before.
      if (sql.endsWith('COMMIT') && last?.command !== 'COMMIT') throw new Error('The transaction had failed before.');
    } catch (error) {
      if (isConflict(error)) this.conflicted = true;
      if (sqlStateOf(error) === undefined && sql.endsWith('COMMIT') && !(await this.rolledBack(connection))) {
        throw new CommitUnknown(error);
      }
      await connection.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      await this.close();
    }
  }

  private async rolledBack(connection: PostgresConnection): Promise<boolean> {
    return connection.query('ROLLBACK').then(
      () => true,
      () => false,
    );
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.isOpen = false;
    await super.release();
  }

  /** Only the unit ends the transaction; TypeORM releases the runner after every use. */
  override release(): Promise<void> {
    return Promise.resolve();
  }
}

export class PostgresUnit implements Unit {
  readonly runner: PostgresUnitRunner;

  constructor(driver: PostgresDriver, beginSql = 'BEGIN') {
    this.runner = new PostgresUnitRunner(driver, beginSql);
  }

  get isOpen(): boolean {
    return this.runner.isOpen;
  }

  get conflicted(): boolean {
    return this.runner.conflicted;
  }

  async commit(statements: readonly string[]): Promise<void> {
    await this.runner.end([...statements, 'COMMIT'].join(';\n'));
  }

  async rollback(): Promise<void> {
    if (this.isOpen) await this.runner.end('ROLLBACK').catch(() => undefined);
    await this.runner.close();
  }
}
