import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { type ModuleName, MODULES } from '@aitbc/platform';
import pg from 'pg';
import { inSqlite } from './sqlite.js';

export type DatabaseKind = 'sqlite' | 'postgres';
type Values = readonly (string | number)[];

/**
 * The databases of a system, seen from behind: what its processes stored, and what no route can change. Statements are
 * about tables of one module, have `?` for their values, and go to where that module keeps its tables.
 */
export interface Databases {
  readonly kind: DatabaseKind;
  /** What tells the processes where their databases are. */
  readonly environment: NodeJS.ProcessEnv;
  rows<Row>(sql: string, values?: Values): Promise<Row[]>;
  change(sql: string, values?: Values): Promise<void>;
  /** The names of a module's tables. */
  tablesOf(module: ModuleName): Promise<string[]>;
  remove(): Promise<void>;
}

/** Files in a folder: one for all modules, or one for each. */
export function sqliteIn(directory: string, isOneFile: boolean): Databases {
  const fileOf = (module: ModuleName) => join(directory, isOneFile ? 'aitbc.sqlite' : `${module}.sqlite`);
  return {
    kind: 'sqlite',
    // The one file is where the application puts it by itself.
    environment: isOneFile
      ? {}
      : Object.fromEntries(MODULES.map((module) => [variableOf(module), `sqlite:${fileOf(module)}`])),
    rows: (sql, values = []) =>
      inSqlite(fileOf(moduleIn(sql)), 'read', (database, done) => database.all(sql, values, done)),
    change: (sql, values = []) =>
      inSqlite(fileOf(moduleIn(sql)), 'write', (database, done) =>
        database.run(sql, values, (error) => done(error, undefined)),
      ),
    tablesOf: async (module) => {
      if (!existsSync(fileOf(module))) return [];
      const sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE ? ESCAPE '!' ORDER BY name";
      type Table = { name: string };
      const tables = await inSqlite<Table[]>(fileOf(module), 'read', (database, done) =>
        database.all<Table>(sql, [`${module}!_%`], done),
      );
      return tables.map(({ name }) => name);
    },
    remove: async () => undefined,
  };
}

/** A database of its own on the server of the test run, with a schema for each module. */
export async function onPostgres(): Promise<Databases> {
  const { url, remove } = await temporaryPostgres();
  const query = async <Row>(module: ModuleName, sql: string, values: Values = []): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url, options: `-c search_path=${module}`, types });
    await client.connect();
    try {
      let number = 0;
      return (
        await client.query(
          sql.replaceAll('?', () => `$${(number += 1)}`),
          [...values],
        )
      ).rows as Row[];
    } finally {
      await client.end();
    }
  };
  return {
    kind: 'postgres',
    environment: { DATABASE_URL: url },
    rows: (sql, values) => query(moduleIn(sql), sql, values),
    change: async (sql, values) => void (await query(moduleIn(sql), sql, values)),
    tablesOf: async (module) => {
      const sql = 'SELECT tablename AS name FROM pg_tables WHERE schemaname = ? ORDER BY tablename';
      return (await query<{ name: string }>(module, sql, [module])).map(({ name }) => name);
    },
    remove,
  };
}

/** Integers of 64 bits as SQLite gives them: none here is beyond what a number can say. */
const types = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

const variableOf = (module: ModuleName) => `${module.toUpperCase()}_DATABASE_URL`;

/** @throws Error when the statement is about no module's table */
function moduleIn(sql: string): ModuleName {
  const [, name] =
    new RegExp(`\\b(?:FROM|UPDATE|INTO|ON|EXISTS|FUNCTION)\\s+"?(${MODULES.join('|')})_`, 'i').exec(sql) ?? [];
  if (!name) throw new Error(`No module's table is in "${sql}".`);
  return name as ModuleName;
}
