import { startPostgres } from './postgres-server.js';

/** One PostgreSQL server for the whole run; each test that needs one creates a database of its own on it. */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env['POSTGRES_TEST_URL']) return async () => undefined;
  const server = await startPostgres();
  process.env['POSTGRES_TEST_URL'] = server.url;
  return server.stop;
}
