import sqlite3 from 'sqlite3';

type Values = readonly (string | number)[];

/** What a query finds in a database that a running application writes to. */
export function readRows<Row>(file: string, sql: string, values: Values = []): Promise<Row[]> {
  return inDatabase(file, sqlite3.OPEN_READONLY, (database, done) => database.all<Row>(sql, values, done));
}

/** Changes rows behind the application's back: for what no route can do. */
export async function changeRows(file: string, sql: string, values: Values = []): Promise<void> {
  await inDatabase<void>(file, sqlite3.OPEN_READWRITE, (database, done) =>
    database.run(sql, values, (error) => done(error, undefined)),
  );
}

type Done<Result> = (error: Error | null, result: Result) => void;

async function inDatabase<Result>(
  file: string,
  mode: number,
  use: (database: sqlite3.Database, done: Done<Result>) => void,
): Promise<Result> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(file, mode, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
  database.configure('busyTimeout', 10_000);
  try {
    return await new Promise<Result>((resolve, reject) =>
      use(database, (error, result) => (error ? reject(error) : resolve(result))),
    );
  } finally {
    await new Promise<void>((resolve) => database.close(() => resolve()));
  }
}
