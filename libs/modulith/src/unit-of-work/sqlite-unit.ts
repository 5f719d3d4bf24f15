import type sqlite3 from 'sqlite3';
import type { SqliteDriver } from 'typeorm/driver/sqlite/SqliteDriver.js';
import { SqliteQueryRunner } from 'typeorm/driver/sqlite/SqliteQueryRunner.js';
import type { SqliteWriter } from './sqlite-writer.js';
import { type Unit, unitClosed, WritesRefused } from './unit.js';

const refusedOrSame = (error: unknown) =>
  error instanceof Error && error.message.includes('SQLITE_READONLY') ? new WritesRefused(error) : error;

/**
 * A TypeORM query runner that on first use waits for the writer's lock and begins, and that ends only through its unit.
 */
class SqliteUnitRunner extends SqliteQueryRunner {
  private begun?: Promise<sqlite3.Database>;
  private endTurn?: () => void;
  private readonly running = new Set<Promise<unknown>>();
  private isEnding = false;
  isOpen = false;
  openedAt = 0;

  constructor(
    driver: SqliteDriver,
    private readonly writer: SqliteWriter,
  ) {
    super(driver);
    // Makes save() and cascades join this transaction instead of beginning one.
    this.isTransactionActive = true;
    this.transactionDepth = 1;
  }

  override connect(): Promise<sqlite3.Database> {
    if (this.isEnding && !this.begun) throw unitClosed();
    return (this.begun ??= this.begin());
  }

  private async begin(): Promise<sqlite3.Database> {
    this.endTurn = await this.writer.take();
    try {
      // IMMEDIATE: a deferred transaction fails at once if another process wrote after its first read.
      await this.writer.exec('BEGIN IMMEDIATE');
    } catch (error) {
      this.endTurn();
      throw refusedOrSame(error);
    }
    this.isOpen = true;
    this.openedAt = performance.now();
    return this.writer.connection;
  }

  override query(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<never> {
    if (this.isEnding) return Promise.reject(unitClosed());
    const answer = (super.query(sql, parameters, useStructuredResult) as Promise<never>).catch((error: unknown) => {
      throw refusedOrSame(error);
    });
    this.running.add(answer);
    const end = () => this.running.delete(answer);
    answer.then(end, end);
    return answer;
  }

  async commit(statements: readonly string[]): Promise<void> {
    await this.connect();
    await this.settle();
    try {
      await this.writer.exec([...statements, 'COMMIT'].join(';\n'));
    } catch (error) {
      // SQLite may have rolled back by itself; report the error of the commit.
      await this.writer.exec('ROLLBACK').catch(() => undefined);
      throw refusedOrSame(error);
    } finally {
      this.close();
    }
  }

  async rollback(): Promise<void> {
    await this.settle();
    if (!this.isOpen) return;
    // SQLite may have rolled back by itself.
    await this.writer.exec('ROLLBACK').catch(() => undefined);
    this.close();
  }

  /** Waits for statements in progress: they would otherwise run after this transaction, on the shared connection. */
  private async settle(): Promise<void> {
    this.isEnding = true;
    // The statement that triggered the begin reports its error.
    await this.begun?.catch(() => undefined);
    if (this.running.size > 0) await Promise.allSettled(this.running);
  }

  private close(): void {
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

  get openedAt(): number {
    return this.runner.openedAt;
  }

  commit(statements: readonly string[]): Promise<void> {
    return this.runner.commit(statements);
  }

  rollback(): Promise<void> {
    return this.runner.rollback();
  }
}
