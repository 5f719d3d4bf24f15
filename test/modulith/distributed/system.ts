import { randomUUID } from 'node:crypto';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { Cluster, type ClusterOptions } from '@aitbc/modulith/testing/cluster.js';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { Dispatcher } from '../../../libs/modulith/src/bus/dispatcher.js';
import * as errands from '../errands.js';
import * as sample from '../sample.js';

export const allContracts = [sample.shopContract, sample.stockContract, ...errands.contracts];

/** A system of several applications on Postgres and Redis, and what is needed to start processes that belong to it. */
export interface System {
  readonly cluster: Cluster;
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
  close(): Promise<void>;
}

export async function startSystem(options: Partial<ClusterOptions> = {}): Promise<System> {
  const database = await temporaryPostgres();
  const prefix = `system-${randomUUID()}`;
  const redisUrl = options.redisUrl ?? process.env['REDIS_TEST_URL']!;
  const cluster = new Cluster({
    contracts: allContracts,
    databaseUrl: database.url,
    ...options,
    redisUrl,
    transport: { prefix, ...options.transport },
  });
  const close = async () => {
    await cluster.close();
    await database.remove();
  };
  return { cluster, databaseUrl: database.url, redisUrl, prefix, close };
}

/** Counts the commands and queries that an application handles. */
export function handledBy(application: Application): () => number {
  const receive = vi.spyOn(application.get(Dispatcher), 'receive');
  return () => receive.mock.calls.length;
}

/** Waits for a condition as long as a test may take. */
export function until(condition: () => unknown, timeout = 60_000): Promise<unknown> {
  return vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`It did not come to this: ${String(condition)}`);
    },
    { timeout, interval: 10 },
  );
}

/** How a message ended: its answer's code, `ok` where it was no error. */
export const outcomeOf = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'ok',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );
