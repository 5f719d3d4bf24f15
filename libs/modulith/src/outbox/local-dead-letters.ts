import { Injectable } from '@nestjs/common';
import { DeadLetterNotFound, DomainError } from '../contract/errors.js';
import { type HostedModule, Runtime } from '../placement/runtime.js';
import { quote } from '../unit-of-work/unit.js';
import { fromRow, type PublicationRow } from './publication.js';

/** An event that one handler could not apply, or that waits behind one of its key. */
export interface DeadLetter {
  readonly id: string;
  readonly module: string;
  readonly messageId: string;
  readonly name: string;
  readonly handler: string;
  readonly key: string;
  /** `failed` was tried and given up; `waiting` comes after it. */
  readonly state: 'failed' | 'waiting';
  readonly attempts: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly createdAt: Date;
  /** The event as it was sent, secrets still encrypted. */
  readonly payload: string;
}

/** Which dead letters are meant; what is left out may be anything. */
export interface DeadLetterFilter {
  readonly module?: string;
  readonly handler?: string;
  readonly name?: string;
  readonly key?: string;
  readonly state?: 'failed' | 'waiting';
  readonly errorCode?: string;
}

export interface DeadLetterSelection {
  readonly limit: number;
  readonly filter?: DeadLetterFilter;
  /** Behind this one, in the order of their age. */
  readonly after?: Pick<DeadLetter, 'createdAt' | 'id'>;
}

interface DeadLetterRow extends PublicationRow {
  readonly id: string;
  readonly handler: string;
  readonly state: 'failed' | 'waiting';
  readonly attempts: number;
  readonly error_code: string;
  readonly error_message: string;
  readonly created_at: string | number;
}

/** How many waiting events are in memory at once. */
const PAGE = 100;
const COLUMNS =
  'id, message_id, name, handler, key, payload, metadata, state, attempts, error_code, error_message, created_at, created_at AS published_at';

/** The dead letters of the modules hosted in this process. */
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

  /** A dead letter of one of the modules here. */
  async get(id: string): Promise<DeadLetter | null> {
    const found = await this.search(id);
    return found ? toDeadLetter(found.module.database.module, found.row) : null;
  }

  async count(module: string): Promise<number> {
    const host = this.runtime.module(module);
    if (!host?.outbox) return 0;
    const [row] = await host.database.read<{ count: string | number }>(
      `SELECT COUNT(*) AS count FROM ${host.database.tables.deadLetters}`,
    );
    return Number(row?.count ?? 0);
  }

  /**
   * Applies the oldest dead letter of the same handler and key, then those that wait behind it, in their order.
   * @returns how many were applied.
   * @throws DeadLetterNotFound
   * @throws whatever the handler throws; that event stays the first of its lane.
   */
  async replay(id: string): Promise<number> {
    const { module, row } = await this.find(id);
    return this.drain(module, row);
  }

  /** Gives an event up and, when it was the first of its lane, goes on with those behind it. */
  async discard(id: string): Promise<void> {
    const { module, row } = await this.find(id);
    let wasFirst = false;
    await module.consumer.inLane(row.handler, row.key, async () => {
      const [first] = await this.lane(module, row);
      wasFirst = first?.id === id;
      // The inbox remembers it as handled: it may come again from an outbox that did not hear of the dead letter.
      await module.database.write([
        module.database.inbox.doneStatement({ messageId: row.message_id, handler: row.handler }),
        deletion(module, id),
      ]);
    });
    // What fails behind it is the first dead letter of the key from now on.
    if (wasFirst) await this.drain(module, row).catch(() => undefined);
  }

  private async drain(module: HostedModule, { handler, key }: DeadLetterRow): Promise<number> {
    let applied = 0;
    let failure: unknown;
    await module.consumer.inLane(handler, key, async () => {
      for (let rows = await this.lane(module, { handler, key }); rows.length > 0;) {
        for (const row of rows) {
          try {
            await module.consumer.apply(fromRow(row), handler, {
              mayBeRepeat: true,
              alongside: [deletion(module, row.id)],
            });
            applied += 1;
          } catch (error) {
            failure = error;
            return this.recordFailure(module, row, error);
          }
        }
        rows = await this.lane(module, { handler, key });
      }
    });
    if (failure) throw failure as Error;
    return applied;
  }

  private async recordFailure(module: HostedModule, row: DeadLetterRow, error: unknown): Promise<void> {
    const code = error instanceof DomainError ? error.code : 'internal_error';
    await module.database.write([
      `UPDATE ${module.database.tables.deadLetters} SET state = 'failed', attempts = attempts + 1, error_code = ${quote(code)}, error_message = ${quote(String(error))} WHERE id = ${quote(row.id)}`,
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
