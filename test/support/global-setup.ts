import { startPostgres } from './postgres-server.js';
import { startRedis } from './redis-server.js';
import { translateTree } from './translated-tree.js';

type Stop = () => Promise<void>;

/**
 * One PostgreSQL server for the whole run, on which each test that needs one creates a database of its own, and one
 * Redis server for tests that share it under prefixes of their own. Servers that are named already are used as they are.
 */
export default async function setup(): Promise<Stop> {
  const stops = await Promise.all([provide('POSTGRES_TEST_URL', startPostgres), provide('REDIS_TEST_URL', startRedis)]);
  await translateTree();
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}

async function provide(variable: string, start: () => Promise<{ url: string; stop: Stop }>): Promise<Stop> {
  if (process.env[variable]) return async () => undefined;
  const server = await start();
  process.env[variable] = server.url;
  return () => server.stop();
}
