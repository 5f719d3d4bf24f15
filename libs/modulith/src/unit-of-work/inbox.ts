import type { kernelTables } from '../outbox/kernel-tables.js';
import { sqlStateOf } from './postgres-unit.js';
import { quote } from './unit.js';
import type { InboxKey, SentCommand } from './inbox-key.js';

const UNIQUE_VIOLATION = '23505';
const NOT_NULL_VIOLATION = '23502';
/**
 * Neither prefix is valid JSON, so no result encodes to it, and an older release that reads one answers with a fault.
 */
const REJECTED = 'rejected ';
const BEGUN = 'begun ';

/** The inbox state of a message; `attempt` orders the attempts at one command. */
export type InboxState =
  | { readonly is: 'done'; readonly result: string | null }
  | { readonly is: 'rejected'; readonly attempt: number; readonly error: string }
  | { readonly is: 'begun'; readonly attempt: number; readonly first: SentCommand };

interface InboxRow {
  readonly result: string | null;
  readonly attempt: string | number | null;
}

/**
 * Records the messages that a module has handled. A row without an attempt number means that the message is done. For a
 * command it may also record that an attempt was rejected, which keeps all earlier attempts from committing, or that an
 * attempt has sent commands of its own, which a later one must not report as "not executed".
 */
export class Inbox {
  private readonly table: string;

  constructor(
    private readonly module: string,
    private readonly tables: ReturnType<typeof kernelTables>,
    private readonly isPostgres: () => boolean,
    private readonly read: <R>(sql: string) => Promise<R[]>,
    private readonly write: (statements: readonly string[]) => Promise<void>,
  ) {
    this.table = tables.inbox;
  }

  async find({ messageId, handler }: InboxKey): Promise<InboxState | undefined> {
    const [row] = await this.read<InboxRow>(
      `SELECT result, attempt FROM ${this.table} WHERE message_id = ${quote(messageId)} AND handler = ${quote(handler)}`,
    );
    return row && stateOf(row);
  }

  /** The statement that records a message as done. In a parked lane it fails: the column rejects NULL. */
  doneStatement(key: InboxKey, result?: string | null, lane?: string): string {
    const { deadLetters } = this.tables;
    const handledAt =
      lane === undefined
        ? this.now
        : `CASE WHEN EXISTS (SELECT 1 FROM ${deadLetters} WHERE handler = ${quote(key.handler)} AND key = ${quote(lane)}) THEN NULL ELSE ${this.now} END`;
    return `INSERT INTO ${this.table} (message_id, handler, result, handled_at) VALUES (${valuesOf(key)}, ${quote(result)}, ${handledAt})`;
  }

  /**
   * The same if the inbox has recorded earlier attempts: fails if the message is done, or finally rejected as of this
   * attempt.
   */
  doneAfterAllStatement(key: InboxKey, attempt: number, result?: string | null): string {
    const isFinal = `${this.table}.attempt IS NULL OR (${this.isRejected()} AND ${this.table}.attempt >= ${attempt})`;
    return `${this.doneStatement(key, result)} ON CONFLICT (message_id, handler) DO UPDATE SET result = excluded.result, attempt = NULL, handled_at = CASE WHEN ${isFinal} THEN NULL ELSE excluded.handled_at END`;
  }

  /**
   * Records that an attempt is about to send its first command.
   * @returns the resulting inbox state
   */
  async begin(key: InboxKey, attempt: number, first: SentCommand, isFirstTry: boolean): Promise<InboxState> {
    const state: InboxState = { is: 'begun', attempt, first };
    const insert = this.insert(key, BEGUN + JSON.stringify(first), attempt);
    if (isFirstTry) {
      try {
        await this.write([insert]);
        return state;
      } catch (error) {
        if (!this.isRefused(error)) throw error;
      }
    }
    await this.write([`${insert} ${this.replace(`${this.table}.attempt < ${attempt}`)}`]);
    return (await this.find(key)) ?? state;
  }

  /**
   * Makes a rejection final: no attempt up to this one can commit any more.
   * @param knowsWhatFollowed this attempt has sent commands of its own, and their outcome is part of its answer
   * @returns the resulting inbox state: this rejection, unless another attempt was faster or may still be running
   */
  async reject(
    key: InboxKey,
    attempt: number,
    error: string,
    knowsWhatFollowed: boolean,
  ): Promise<InboxState | undefined> {
    let state = await this.find(key);
    for (let turn = 0; turn < REJECTION_TURNS; turn++) {
      if (state?.is === 'done' || (state && state.attempt > attempt)) return state;
      if (state?.is === 'rejected' && state.attempt === attempt) return state;
      const statements = this.rejection(key, attempt, error, state, knowsWhatFollowed);
      if (!statements) return state;
      await this.write(statements);
      const after = await this.find(key);
      if (after?.is === 'begun' && state?.is === 'begun' && !knowsWhatFollowed) return after;
      state = after;
    }
    return state;
  }

  private rejection(
    key: InboxKey,
    attempt: number,
    error: string,
    state: InboxState | undefined,
    knowsWhatFollowed: boolean,
  ): string[] | undefined {
    const insert = this.insert(key, REJECTED + error, attempt);
    const isEarlier = `${this.table}.attempt <= ${attempt}`;
    if (state?.is !== 'begun') return [`${insert} ${this.replace(`${isEarlier} AND ${this.isRejected()}`)}`];
    if (knowsWhatFollowed) return [`${insert} ${this.replace(isEarlier)}`];
    // The first command sent decides: if it can no longer be executed, that attempt had and will have no effect.
    const { first } = state;
    if (first.module !== this.module) return undefined;
    const isFenced = `EXISTS (SELECT 1 FROM ${this.table} AS sent WHERE sent.message_id = ${quote(first.messageId)} AND sent.handler = ${quote(first.handler)} AND sent.attempt >= ${attempt} AND ${this.isRejected('sent')})`;
    return [
      `${this.insert(first, REJECTED + error, attempt)} ${this.replace(`${isEarlier} AND ${this.isRejected()}`)}`,
      `${insert} ${this.replace(`${isEarlier} AND ${isFenced}`)}`,
    ];
  }

  /** Whether the database rejected a row because the message is already done, or rejected. */
  isRefused(error: unknown): boolean {
    const { message = '', table = '' } = error as { message?: string; table?: string };
    const state = sqlStateOf(error);
    if (state === UNIQUE_VIOLATION || state === NOT_NULL_VIOLATION) return `${message} ${table}`.includes(this.table);
    return message.includes('SQLITE_CONSTRAINT') && message.includes(this.table);
  }

  /** Whether the database rejected a row because its lane is parked: such a row has no time. */
  isParked(error: unknown): boolean {
    const { message = '', table } = error as { message?: string; table?: string };
    if (sqlStateOf(error) === NOT_NULL_VIOLATION) return table === this.table;
    return message.includes(`NOT NULL constraint failed: ${this.table}.handled_at`);
  }

  private insert(key: InboxKey, result: string, attempt: number): string {
    return `INSERT INTO ${this.table} (message_id, handler, result, handled_at, attempt) VALUES (${valuesOf(key)}, ${quote(result)}, ${this.now}, ${attempt})`;
  }

  private replace(condition: string): string {
    return `ON CONFLICT (message_id, handler) DO UPDATE SET result = excluded.result, attempt = excluded.attempt, handled_at = excluded.handled_at WHERE ${condition}`;
  }

  private isRejected(table = this.table): string {
    return `${table}.result LIKE '${REJECTED}%'`;
  }

  private get now(): string {
    return databaseTime(this.isPostgres());
  }
}

/** Another attempt may change the row meanwhile; each change brings it closer to its final state. */
const REJECTION_TURNS = 4;

/** Milliseconds since the epoch by the database clock, the only one that all replicas share. */
export function databaseTime(isPostgres: boolean): string {
  return isPostgres
    ? '(EXTRACT(EPOCH FROM clock_timestamp()) * 1000)::bigint'
    : "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
}

const valuesOf = ({ messageId, handler }: InboxKey) => `${quote(messageId)}, ${quote(handler)}`;

function stateOf({ result, attempt: stored }: InboxRow): InboxState {
  if (stored === null) return { is: 'done', result };
  const attempt = Number(stored);
  if (result?.startsWith(BEGUN)) {
    return { is: 'begun', attempt, first: JSON.parse(result.slice(BEGUN.length)) as SentCommand };
  }
  return { is: 'rejected', attempt, error: (result ?? '').slice(REJECTED.length) };
}
