import { Injectable } from '@nestjs/common';
import { DeadLetterNotFound, DomainError } from '../contract/errors.js';
import { type HostedModule, Runtime } from '../placement/runtime.js';
import { isPassingFailure } from '../unit-of-work/passing-failure.js';
import { quote } from '../unit-of-work/unit.js';
import { fromRow, type PublicationRow } from './publication.js';

/** An event that a handler could not apply, or that waits behind one with the same key. */
export interface DeadLetter {
  readonly id: string;
  readonly module: string;
  readonly messageId: string;
  readonly name: string;
  readonly handler: string;
  readonly key: string;
  /**
   * `failed`: attempts exhausted; `delayed`: a dependency was unavailable, retried automatically; `waiting`: behind one
   * of these.
   */
  readonly state: 'failed' | 'waiting' | 'delayed';
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly createdAt: Date;
  /** The event as sent, with secrets still encrypted. */
  readonly payload: string;
}

/** Selects dead letters; omitted fields match anything. */
export interface DeadLetterFilter {
  readonly module?: string;
  readonly handler?: string;
  readonly name?: string;
  readonly key?: string;
  readonly state?: 'failed' | 'waiting' | 'delayed';
  readonly errorCode?: string;
}

export interface DeadLetterSelection {
  readonly limit: number;
  readonly filter?: DeadLetterFilter;
  /** Those after this one, in order of age. */
  readonly after?: Pick<DeadLetter, 'createdAt' | 'id'>;
}

interface DeadLetterRow extends PublicationRow {
  readonly id: string;
  readonly handler: string;
  readonly state: 'failed' | 'waiting' | 'delayed';
  readonly attempts: number;
  readonly error_code: string;
  readonly error_message: string;
  readonly created_at: string | number;
}

/** The maximum number of waiting events loaded at once. */
const PAGE = 100;
/** The number of delayed events retried per round, and the number retried concurrently. */
const DUE_AT_ONCE = 100;
const RETRIES_AT_ONCE = 8;
const COLUMNS =
  'id, message_id, name, handler, key, payload, metadata, state, attempts, error_code, error_message, created_at, created_at AS published_at';

/** The dead letters of the modules that this process hosts. */
@Injectable()
export class LocalDeadLetters {
  constructor(private readonly runtime: Runtime) {}

  /** The oldest dead letters of one module. */
  async list(module: string, { limit, filter = {}, after }: DeadLetterSelection): Promise<DeadLetter[]> {
    const host = this.runtime.module(module);
    if (!host?.outbox) return [];
    const rows = await this.rows(host, conditionOf(filter, after), limit, 'created_at, id');
    return rows.map((row) => toDeadLetter(module, row));
  }

  /** A dead letter of a module hosted here. */
  async get(id: string): Promise<DeadLetter | null> {
    const found = await this.search(id);
    return found ? toDeadLetter(found.module.database.module, found.row) : null;
  }

  /** The number of events that need an operator: failed ones and those behind them. */
  async count(module: string): Promise<number> {
    return (await this.counts(module, 'IN')).count;
  }

  /**
   * Events that wait for an unavailable dependency and are retried automatically: their number, and the age of the
   * oldest.
   */
  delayed(module: string): Promise<{ count: number; oldest?: Date }> {
    return this.counts(module, 'NOT IN');
  }

  private async counts(module: string, lanesThatFailed: 'IN' | 'NOT IN'): Promise<{ count: number; oldest?: Date }> {
    const host = this.runtime.module(module);
    if (!host?.outbox) return { count: 0 };
    const { deadLetters } = host.database.tables;
    const failed = `SELECT handler, key FROM ${deadLetters} WHERE state = 'failed'`;
    const [row] = await host.database.read<{ count: string | number; oldest: string | number | null }>(
      `SELECT COUNT(*) AS count, MIN(created_at) AS oldest FROM ${deadLetters} WHERE (handler, key) ${lanesThatFailed} (${failed})`,
    );
    return { count: Number(row?.count ?? 0), oldest: row?.oldest ? new Date(Number(row.oldest)) : undefined };
  }

  /**
   * Applies the oldest dead letter of the same handler and key, then the events that wait behind it, in order.
   * @returns the number of events applied.
   * @throws DeadLetterNotFound
   * @throws whatever the handler throws; that event stays first in its lane.
   */
  async replay(id: string): Promise<number> {
    const { module, row } = await this.find(id);
    const { applied, failure } = await this.drain(module, row);
    if (failure) throw failure as Error;
    return applied;
  }

  /** Discards an event and, if it was first in its lane, continues with the events behind it. */
  async discard(id: string): Promise<void> {
    const { module, row } = await this.find(id);
    let wasFirst = false;
    await module.consumer.inLane(row.handler, row.key, async () => {
      const [first] = await this.lane(module, row);
      wasFirst = first?.id === id;
      // Recorded as handled in the inbox: an outbox that missed the confirmation may deliver it again.
      await module.database.write([
        module.database.inbox.doneStatement({ messageId: row.message_id, handler: row.handler }),
        deletion(module, id),
      ]);
    });
    // If the next one fails, it becomes the first dead letter of the key.
    if (wasFirst) await this.drain(module, row);
  }

  /** Retries due delayed events, a few keys at a time so that they do not take all slots. */
  async retryDelayed(module: string): Promise<void> {
    const host = this.runtime.module(module);
    if (!host?.outbox) return;
    const due = await this.rows(host, `state = 'delayed' AND retry_at <= ${Date.now()}`, DUE_AT_ONCE, 'retry_at');
    const next = due.values();
    const retryOneByOne = async () => {
      for (const row of next) await this.drain(host, row, true);
    };
    await Promise.all(Array.from({ length: RETRIES_AT_ONCE }, retryOneByOne));
  }

  /** @returns the number of events applied, and the recorded error of the next one */
  private async drain(
    module: HostedModule,
    { handler, key }: DeadLetterRow,
    isDelayed = false,
  ): Promise<{ applied: number; failure?: unknown }> {
    let applied = 0;
    let failure: unknown;
    await module.consumer.inLane(handler, key, async () => {
      for (let rows = await this.lane(module, { handler, key }); rows.length > 0;) {
        for (const row of rows) {
          try {
            const options = { mayBeRepeat: true, alongside: [deletion(module, row.id)] };
            if (isDelayed) await module.consumer.applyDelayed(fromRow(row), handler, options);
            else await module.consumer.apply(fromRow(row), handler, options);
            applied += 1;
          } catch (error) {
            failure = error;
            // Shutting down, not failed.
            if (module.consumer.isStopping) return;
            return this.recordFailure(module, row, error);
          }
        }
        rows = await this.lane(module, { handler, key });
      }
    });
    return { applied, failure };
  }

  private async recordFailure(module: HostedModule, row: DeadLetterRow, error: unknown): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal_error';
    const { consumer, database } = module;
    // A failed event stays failed: only an operator retries it.
    const isDelayed = row.state !== 'failed' && isPassingFailure(error);
    const [state, retryAt] = isDelayed ? ['delayed', consumer.nextAttempt(Number(row.created_at))] : ['failed', 'NULL'];
    await database.write([
      `UPDATE ${database.tables.deadLetters} SET state = '${state}', attempts = attempts + 1, error_code = ${quote(code)}, error_message = ${quote(String(error))}, retry_at = ${retryAt} WHERE id = ${quote(row.id)}`,
    ]);
  }

  private lane(module: HostedModule, { handler, key }: Pick<DeadLetterRow, 'handler' | 'key'>) {
    return this.rows(module, `handler = ${quote(handler)} AND key = ${quote(key)}`, PAGE);
  }

  private rows(module: HostedModule, condition: string, limit: number, order = 'seq'): Promise<DeadLetterRow[]> {
    return module.database.read<DeadLetterRow>(
      `SELECT ${COLUMNS} FROM ${module.database.tables.deadLetters} WHERE ${condition} ORDER BY ${order} LIMIT ${Math.trunc(limit)}`,
    );
  }

  private async find(id: string): Promise<{ module: HostedModule; row: DeadLetterRow }> {
    const found = await this.search(id);
    if (!found) throw new DeadLetterNotFound(id);
    return found;
  }

  private async search(id: string): Promise<{ module: HostedModule; row: DeadLetterRow } | undefined> {
    for (const module of this.hosts()) {
      const [row] = await this.rows(module, `id = ${quote(id)}`, 1);
      if (row) return { module, row };
    }
    return undefined;
  }

  private hosts(): HostedModule[] {
    return this.runtime.hostedModules().filter((each) => each.outbox !== undefined);
  }
}

function conditionOf(filter: DeadLetterFilter, after: DeadLetterSelection['after']): string {
  const { handler, name, key, state, errorCode } = filter;
  const wanted = Object.entries({ handler, name, key, state, error_code: errorCode }).flatMap(([column, value]) =>
    value === undefined ? [] : [`${column} = ${quote(value)}`],
  );
  if (after) {
    const time = after.createdAt.getTime();
    wanted.push(`(created_at > ${time} OR (created_at = ${time} AND id > ${quote(after.id)}))`);
  }
  return wanted.length > 0 ? wanted.join(' AND ') : '1 = 1';
}

function deletion(module: HostedModule, id: string): string {
  return `DELETE FROM ${module.database.tables.deadLetters} WHERE id = ${quote(id)}`;
}

function toDeadLetter(module: string, row: DeadLetterRow): DeadLetter {
  return {
    id: row.id,
    module,
    messageId: row.message_id,
    name: row.name,
    handler: row.handler,
    key: row.key,
    state: row.state,
    attempts: Number(row.attempts),
    errorCode: row.error_code,
    errorMessage: row.error_message,
    createdAt: new Date(Number(row.created_at)),
    payload: row.payload,
  };
}
