import sqlite3 from 'sqlite3';

type Done<Result> = (error: Error | null, result: Result) => void;

/** Uses a database file that a running application may write to, on a connection of its own. */
export async function inSqlite<Result>(
  file: string,
  mode: 'read' | 'write',
  use: (database: sqlite3.Database, done: Done<Result>) => void,
): Promise<Result> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const flags = mode === 'read' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE;
    const opened: sqlite3.Database = new sqlite3.Database(file, flags, (error) =>
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
