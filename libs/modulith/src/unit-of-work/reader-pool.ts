import pg from 'pg';
import { type WatchedClient, watchedClients } from './postgres-client.js';
import { prepareSession, sessionOptions } from './postgres-session.js';

/**
 * Read-only connections to a module's Postgres outside its data source: for worker threads, which cannot share
 * connections.
 */
export function readerPool(module: string, url: string, connections: number): pg.Pool {
  const session = sessionOptions(module, url, 'reader');
  const options = {
    connectionString: url,
    application_name: `${module} thread`,
    max: connections,
    // By its type the pool passes no options to a client, but in fact it does.
    Client: watchedClients() as unknown as new () => pg.ClientBase,
    onConnect: (client: pg.ClientBase) => prepareSession(client as WatchedClient, session),
  };
  return new pg.Pool(options);
}
