import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Histogram, register } from 'prom-client';
import sqlite3 from 'sqlite3';

const BUSY_TIMEOUT_MS = 10_000;
const SWITCH_AGAIN_MS = 20;
const OWNER_ONLY = 0o600;

const WAIT = 'modulith_sqlite_writer_wait_seconds';
/** One per process, even if this file is loaded twice, as in tests. */
const waits =
  (register.getSingleMetric(WAIT) as Histogram | undefined) ??
  new Histogram({
    name: WAIT,
    help: 'Time that a transaction waited for its turn at the one writing connection of a SQLite file',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  });

/**
 * The single writing connection of a SQLite file in this process, shared by all modules on that file. SQLite has a
 * single writer anyway; a first-in, first-out queue here avoids its busy loops.
 */
export class SqliteWriter {
  private static readonly open = new Map<string, Promise<SqliteWriter>>();
  private users = 0;
  private turn: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    readonly connection: sqlite3.Database,
  ) {}

  static async of(path: string): Promise<SqliteWriter> {
    let writer = SqliteWriter.open.get(path);
    if (!writer) SqliteWriter.open.set(path, (writer = SqliteWriter.connect(path)));
    try {
      const opened = await writer;
      opened.users += 1;
      return opened;
    } catch (error) {
      SqliteWriter.open.delete(path);
      throw error;
    }
  }

  private static async connect(path: string): Promise<SqliteWriter> {
    keepForOwner(path);
    const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
      const database: sqlite3.Database = new sqlite3.Database(path, (error) =>
        error ? reject(error) : resolve(database),
      );
    });
    const writer = new SqliteWriter(path, connection);
    // Set the timeout first: the following statements take locks that another process may hold.
    await writer.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    await writer.switchToWal();
    await writer.exec('PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    return writer;
  }

  /** If two processes switch a new file at once, SQLite rejects one without waiting. */
  private async switchToWal(): Promise<void> {
    for (const end = Date.now() + BUSY_TIMEOUT_MS; ; await pause(SWITCH_AGAIN_MS)) {
      try {
        return await this.exec('PRAGMA journal_mode = WAL');
      } catch (error) {
        if ((error as { code?: string }).code !== 'SQLITE_BUSY' || Date.now() > end) throw error;
      }
    }
  }

  /** Waits for the lock; call the returned function to release it. */
  async take(): Promise<() => void> {
    const before = this.turn;
    let end!: () => void;
    this.turn = new Promise((resolve) => (end = resolve));
    const since = performance.now();
    await before;
    waits.observe((performance.now() - since) / 1_000);
    return end;
  }

  exec(sql: string): Promise<void> {
    return new Promise((resolve, reject) => this.connection.exec(sql, (error) => (error ? reject(error) : resolve())));
  }

  async release(): Promise<void> {
    if (--this.users > 0) return;
    SqliteWriter.open.delete(this.path);
    await this.take();
    await new Promise<void>((resolve, reject) => this.connection.close((error) => (error ? reject(error) : resolve())));
  }
}

/** Other users of this machine must not read the data. SQLite gives `-wal` and `-shm` the mode of the file. */
function keepForOwner(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  closeSync(openSync(path, 'a', OWNER_ONLY));
  for (const each of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      chmodSync(each, OWNER_ONLY);
    } catch (error) {
      // It does not exist yet, or another user owns it and this process may only use it.
      if (!['ENOENT', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}
