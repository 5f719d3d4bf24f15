import type pg from 'pg';
import { ModulithError } from '../contract/errors.js';
import type { WatchedClient } from './postgres-client.js';

/** The server-side statement timeout, unless the operator has set one. */
export const STATEMENT_MS = 10_000;
/** The timeout for transactions that wait for their client: the client is gone, and its locks block others. */
const IDLE_IN_TRANSACTION_MS = 30_000;
/** How the server detects a client that vanished. Seconds, except the last: milliseconds. */
const DEAD_CLIENT = {
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '5',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '20000',
};

const POOLED =
  'A connection pooler in transaction or statement mode does that: use session mode (PgBouncer: pool_mode = session), or connect directly';

export type SessionKind = 'writer' | 'reader';

export interface SessionOptions {
  readonly module: string;
  readonly kind: SessionKind;
  /** Statement timeout in milliseconds; 0: none. */
  readonly statementMs: number;
  /** The `options` of the database URL: an operator's limits are kept. */
  readonly operatorOptions: string;
}

export function sessionOptions(
  module: string,
  url: string,
  kind: SessionKind,
  statementMs = STATEMENT_MS,
): SessionOptions {
  return { module, kind, statementMs, operatorOptions: new URL(url).searchParams.get('options') ?? '' };
}

/** The settings that the guarantees rely on: set by statements, because poolers drop start-up parameters. */
function settingsOf({ module, kind }: SessionOptions): Record<string, string> {
  const shared = { search_path: module };
  return kind === 'reader'
    ? { ...shared, default_transaction_read_only: 'on' }
    : // No sequential scans: under SERIALIZABLE, one of a small table conflicts with every writer of it.
      { ...shared, default_transaction_isolation: 'serializable', enable_seqscan: 'off' };
}

/** Applies the session settings to a new connection. */
export async function prepareSession(client: WatchedClient, options: SessionOptions): Promise<void> {
  const { statementMs, operatorOptions } = options;
  // Until the limits are known, watch the connection with the default ones.
  client.watchFor(STATEMENT_MS);
  const always = Object.entries({ ...settingsOf(options), ...DEAD_CLIENT }).map(
    ([name, value]) => `set_config('${name}', '${value}', false)`,
  );
  const limits = { statement_timeout: statementMs, idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS };
  const unlessSet = Object.entries(limits)
    .filter(([name, limit]) => limit > 0 && !operatorOptions.includes(name))
    .map(([name, limit]) => `SELECT set_config('${name}', '${limit}', false) WHERE current_setting('${name}') = '0'`);
  const effective = `SELECT EXTRACT(EPOCH FROM current_setting('statement_timeout')::interval) * 1000 AS limit`;
  const results = (await client.query(
    [`SELECT ${always.join(', ')}`, ...unlessSet, effective].join(';'),
  )) as unknown as pg.QueryResult<{ limit: string }>[];
  client.watchFor(Number(results.at(-1)!.rows[0]!.limit));
}

/**
 * Checks that session state persists. A pooler in transaction mode may use a different connection for each transaction:
 * settings and advisory locks are then meaningless.
 * @throws ModulithError
 */
export async function verifySessions(pool: pg.Pool, options: SessionOptions): Promise<void> {
  const [one, other] = [await pool.connect(), await pool.connect()];
  try {
    const ids = [await backendOf(one), await backendOf(one)];
    // During and after the other's transaction: this covers each order in which a pooler assigns connections.
    await other.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    const foreign = await backendOf(other);
    ids.push(await backendOf(one));
    const { rows } = await other.query<{ isolation: string }>(
      `SELECT current_setting('transaction_isolation') AS isolation`,
    );
    await other.query('ROLLBACK');
    ids.push(await backendOf(one));
    if (new Set(ids).size > 1 || ids.includes(foreign)) {
      throw unusable(options.module, `its sessions change their server connection between transactions. ${POOLED}`);
    }
    if (rows[0]?.isolation !== 'serializable') throw unusable(options.module, 'it has no SERIALIZABLE transactions');
    await assertSettings(one, options);
    await assertSettings(other, options);
  } catch (error) {
    // PgBouncer's error for a BEGIN that it does not allow.
    const isStatementMode = error instanceof Error && /statement pooling mode/.test(error.message);
    throw isStatementMode ? unusable(options.module, `${error.message}. ${POOLED}`) : error;
  } finally {
    one.release();
    other.release();
  }
}

async function assertSettings(client: pg.PoolClient, options: SessionOptions): Promise<void> {
  for (const [name, value] of Object.entries(settingsOf(options))) {
    const { rows } = await client.query<{ value: string }>(`SELECT current_setting('${name}') AS value`);
    if (rows[0]?.value !== value) {
      throw unusable(options.module, `its sessions do not keep ${name} = ${value}, but have "${rows[0]?.value}"`);
    }
  }
}

async function backendOf(client: pg.PoolClient): Promise<number> {
  return (await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0]!.pid;
}

const unusable = (module: string, reason: string) =>
  new ModulithError('unusable_database_session', `The database of "${module}" cannot be used: ${reason}.`);
