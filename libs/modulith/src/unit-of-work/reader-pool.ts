import pg from 'pg';
import { type WatchedClient, watchedClients } from './postgres-client.js';
import { prepareSession, sessionOptions } from './postgres-session.js';

/** Read-only connections to a module's Postgres apart from its data source: for threads, which share no connection. */
export function readerPool(module: string, url: string, connections: number): pg.Pool {
  const session = sessionOptions(module, url, 'reader');
  const options = {
    connectionString: url,
    application_name: `${module} thread`,
    max: connections,
    // The pool's own type says that a client takes no options; it gives them all the same.
    Client: watchedClients() as unknown as new () => pg.ClientBase,
    onConnect: (client: pg.ClientBase) => prepareSession(client as WatchedClient, session),
  };
  return new pg.Pool(options);
}
