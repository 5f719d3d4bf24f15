import { readerPool } from '@aitbc/modulith/unit-of-work/reader-pool.js';
import sqlite3 from 'sqlite3';
import type { NodeReader } from './state-overlay.js';

/** The database of the state nodes. */
export type NodeSource =
  { readonly type: 'sqlite'; readonly path: string } | { readonly type: 'postgres'; readonly url: string };

export interface OpenNodeReader {
  readonly read: NodeReader;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 10_000;
const CONNECTIONS = 2;

/** A separate read-only connection for the executing thread, which never waits for the main thread's statements. */
export async function openNodeReader(source: NodeSource): Promise<OpenNodeReader> {
  return source.type === 'sqlite' ? openSqlite(source.path) : openPostgres(source.url);
}

async function openSqlite(path: string): Promise<OpenNodeReader> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  database.configure('busyTimeout', BUSY_TIMEOUT_MS);
  const read: NodeReader = (key) =>
    new Promise((resolve, reject) => {
      const settle = (error: Error | null, row?: { value: Buffer }): void =>
        error ? reject(error) : resolve(bytesOf(row?.value));
      database.get('SELECT value FROM blockchain_nodes WHERE key = ?', [Buffer.from(key)], settle);
    });
  return {
    read,
    close: () => new Promise((resolve, reject) => database.close((error) => (error ? reject(error) : resolve()))),
  };
}

async function openPostgres(url: string): Promise<OpenNodeReader> {
  const pool = readerPool('blockchain', url, CONNECTIONS);
  // A restarting server ends idle connections; an unhandled error would end the thread. The next read reports the
  // problem.
  pool.on('error', () => undefined);
  const read: NodeReader = async (key) => {
    const sql = {
      name: 'node',
      text: 'SELECT value FROM blockchain.blockchain_nodes WHERE key = $1',
      values: [Buffer.from(key)],
    };
    const { rows } = await pool.query<{ value: Buffer }>(sql);
    return bytesOf(rows[0]?.value);
  };
  return { read, close: () => pool.end() };
}

/** A plain Uint8Array: EthereumJS compares and slices, and Buffer's slice shares memory. */
function bytesOf(value: Buffer | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : new Uint8Array(value);
}
