import type sqlite3 from 'sqlite3';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import { SqliteQueryRunner } from 'typeorm/driver/sqlite/SqliteQueryRunner.js';
import { ModulithError } from '../contract/errors.js';
import type { SqliteWriter } from './sqlite-writer.js';
import type { Unit } from './unit.js';

/** A TypeORM query runner whose first use takes the writer's turn and begins, and which ends only through its unit. */
class SqliteUnitRunner extends SqliteQueryRunner {
  private begun?: Promise<sqlite3.Database>;
  private endTurn?: () => void;
  isOpen = false;
  isClosed = false;

  constructor(
    driver: SqliteDriver,
    private readonly writer: SqliteWriter,
  ) {
    super(driver);
    // So that save() and cascades join this transaction instead of beginning one.
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override connect(): Promise<sqlite3.Database> {
    if (this.isClosed) throw new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');
    return (this.begun ??= this.begin());
  }

  private async begin(): Promise<sqlite3.Database> {
    this.endTurn = await this.writer.take();
    try {
      // IMMEDIATE: a deferred transaction fails at once when another process wrote after its first read.
      await this.writer.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.endTurn();
      throw error;
    }
    this.isOpen = true;
    return this.writer.connection;
  }

  async end(sql: string): Promise<void> {
    try {
      await this.writer.exec(sql);
    } catch (error) {
      await this.writer.exec('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      this.close();
    }
  }

  close(): void {
    this.isClosed = true;
    if (!this.isOpen) return;
    this.isOpen = false;
    this.endTurn?.();
  }

  override release(): Promise<void> {
    return Promise.resolve();
  }
}

export class SqliteUnit implements Unit {
  readonly runner: SqliteUnitRunner;
  readonly conflicted = false;

  constructor(driver: SqliteDriver, writer: SqliteWriter) {
    this.runner = new SqliteUnitRunner(driver, writer);
  }

  get isOpen(): boolean {
    return this.runner.isOpen;
  }

  async commit(statements: readonly string[]): Promise<void> {
    await this.runner.connect();
    await this.runner.end([...statements, 'COMMIT'].join(';\n'));
  }

  async rollback(): Promise<void> {
    if (this.isOpen) await this.runner.end('ROLLBACK').catch(() => undefined);
    this.runner.close();
  }
}
