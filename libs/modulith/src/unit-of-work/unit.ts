import type { QueryRunner } from 'typeorm';
import { ModulithError } from '../contract/errors.js';

/** One transaction of one module's database. It begins when its runner first connects. */
export interface Unit {
  readonly runner: QueryRunner;
  /** Whether the transaction has begun and not ended. */
  readonly isOpen: boolean;
  /** When the transaction began, by `performance.now()`; 0 before. Waiting for a turn or a connection is not part of it. */
  readonly openedAt: number;
  /** Whether the database refused a statement because of a concurrent transaction; repeating the whole is the cure. */
  readonly conflicted: boolean;
  /** Commits; `statements` (literals only) travel in the commit's own round trip, after everything else. */
  commit(statements: readonly string[]): Promise<void>;
  rollback(): Promise<void>;
}

/** The commit was sent and no answer came: it may have happened. */
export class CommitUnknown extends Error {
  constructor(override readonly cause: unknown) {
    super('The database did not answer a commit.');
  }
}

/**
 * The database takes no writes: a standby, a disk that an operator mounted read-only. Only said of a unit of work: on a
 * reader the same answer is a mistake of the program.
 */
export class WritesRefused extends Error {
  constructor(override readonly cause: unknown) {
    super(`The database is read-only: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Whoever still uses a unit of work that is ending must hear of it: a statement after the end would commit by itself. */
export const unitClosed = () =>
  new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');

/** Quotes a text as an SQL literal; a NUL, which would end the statement in both databases, is replaced. */
export function quote(text: string | null | undefined): string {
  return text === null || text === undefined ? 'NULL' : `'${text.replaceAll("'", "''").replaceAll('\0', '\uFFFD')}'`;
}
