import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';

/** A temporary SQLite file; `remove` deletes it. */
export function temporarySqlite(): { url: string; directory: string; remove: () => void } {
  const directory = mkdtempSync(join(tmpdir(), 'modulith-'));
  return {
    url: `sqlite:${join(directory, 'test.sqlite')}`,
    directory,
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** A fresh database on the Postgres server at `POSTGRES_TEST_URL`, which the test run starts. */
export async function temporaryPostgres(): Promise<{ url: string; remove: () => Promise<void> }> {
  const server = process.env['POSTGRES_TEST_URL'];
  if (!server)
    throw new Error('POSTGRES_TEST_URL is not set: run the tests through the project, which starts Postgres.');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.toString(), remove: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export type DatabaseKind = 'sqlite' | 'postgres';

/** Runs the same tests on SQLite and on Postgres; `url()` is a fresh database for the block. */
export function describeEachDatabase(name: string, tests: (url: () => string, kind: DatabaseKind) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const) {
    describe(`${name} (${kind})`, () => {
      let current: { url: string; remove: () => void | Promise<void> };
      beforeAll(async () => {
        current = kind === 'sqlite' ? temporarySqlite() : await temporaryPostgres();
      });
      afterAll(async () => {
        await current?.remove();
      });
      tests(() => current.url, kind);
    });
  }
}
