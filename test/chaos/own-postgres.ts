import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../support/postgres-server.js';

/** A PostgreSQL server that can be ended in the ways that servers end. */
export interface OwnPostgres {
  readonly url: string;
  /** Cuts all connections, writes everything down, and starts again. */
  restartFast(): Promise<void>;
  /** Ends as by a power cut of the server process, and starts again with a recovery from its log. */
  restartImmediately(): Promise<void>;
  stop(): Promise<void>;
}

export async function startOwnPostgres(): Promise<OwnPostgres> {
  const server = await startPostgres();
  const directory = await dataDirectory(server.url);
  return {
    url: server.url,
    restartFast: () => server.restart(),
    restartImmediately: async () => {
      const [pid] = readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n', 1);
      process.kill(Number(pid), 'SIGQUIT');
      // It is on its way out already: what this asks for beyond starting it again comes too late.
      await server.restart();
    },
    stop: () => server.stop(),
  };
}

async function dataDirectory(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ data_directory: string }>('SHOW data_directory')).rows[0]!.data_directory;
  } finally {
    await client.end();
  }
}
