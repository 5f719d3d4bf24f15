import type { QueryRunner } from 'typeorm';
import { ModulithError } from '../contract/errors.js';

/** One transaction of one module's database. It begins when its runner first connects. */
export interface Unit {
  readonly runner: QueryRunner;
  /** Whether the transaction has begun and not ended. */
  readonly isOpen: boolean;
  /** When the transaction began, by `performance.now()`; 0 before. Excludes waiting for a lock or a connection. */
  readonly openedAt: number;
  /** Whether the database rejected a statement because of a concurrent transaction; the whole unit must be retried. */
  readonly conflicted: boolean;
  /** Commits; `statements` (literals only) run last, in the same round trip as the commit. */
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
 * The database accepts no writes: a standby, or a disk mounted read-only. Thrown by units of work only: from a reader,
 * the same answer is a programming error.
 */
export class WritesRefused extends Error {
  constructor(override readonly cause: unknown) {
    super(`The database is read-only: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Fails late users of a unit of work that is ending: a statement after the end would commit by itself. */
export const unitClosed = () =>
  new ModulithError('unit_of_work_closed', 'A repository was used after its unit of work.');

/** Quotes a text as an SQL literal; replaces NUL, which would end the statement in both databases. */
export function quote(text: string | null | undefined): string {
  return text === null || text === undefined ? 'NULL' : `'${text.replaceAll("'", "''").replaceAll('\0', '\uFFFD')}'`;
}
