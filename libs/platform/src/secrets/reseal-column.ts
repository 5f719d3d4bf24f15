import type { DataSource, QueryRunner } from 'typeorm';

const PAGE = 200;

/** A column whose values are encrypted. */
export interface SealedColumn {
  readonly table: string;
  /** The primary key. */
  readonly id: string;
  readonly column: string;
  /** Other columns that a value is bound to. */
  readonly others?: readonly string[];
  /** The value sealed under the key in use; undefined if it already is. @throws Error if no key opens it */
  readonly reseal: (sealed: string, row: Readonly<Record<string, unknown>>) => string | undefined;
}

export interface Resealed {
  readonly changed: number;
  /** Values that none of the accepted keys opens. They are left unchanged. */
  readonly unreadable: number;
}

/**
 * Reseals a column under the key in use, row by row, while the system runs: a row that changes meanwhile is skipped,
 * since its writer used that key.
 */
export async function resealColumn(database: DataSource, column: SealedColumn): Promise<Resealed> {
  const runner = database.createQueryRunner('master');
  try {
    return await resealRows(runner, column, database.options.type === 'postgres');
  } finally {
    await runner.release();
  }
}

async function resealRows(runner: QueryRunner, sealed: SealedColumn, isPostgres: boolean): Promise<Resealed> {
  const { table, id, column, others = [] } = sealed;
  const place = (n: number) => (isPostgres ? `$${n}` : '?');
  const columns = [id, column, ...others].join(', ');
  let [changed, unreadable] = [0, 0];
  for (let last: unknown; ;) {
    const after = last === undefined ? '' : ` AND ${id} > ${place(1)}`;
    const rows = (await runner.query(
      `SELECT ${columns} FROM ${table} WHERE ${column} IS NOT NULL AND ${column} <> ''${after} ORDER BY ${id} LIMIT ${PAGE}`,
      last === undefined ? [] : [last],
    )) as Record<string, unknown>[];
    for (const row of rows) {
      const before = String(row[column]);
      const now = tryToReseal(sealed, before, row);
      if (now === null) unreadable += 1;
      if (!now) continue;
      const where = `${id} = ${place(2)} AND ${column} = ${place(3)}`;
      await runner.query(`UPDATE ${table} SET ${column} = ${place(1)} WHERE ${where}`, [now, row[id], before]);
      changed += 1;
    }
    if (rows.length < PAGE) return { changed, unreadable };
    last = rows.at(-1)![id];
  }
}

function tryToReseal(
  { reseal }: SealedColumn,
  before: string,
  row: Record<string, unknown>,
): string | undefined | null {
  try {
    return reseal(before, row);
  } catch {
    return null;
  }
}
