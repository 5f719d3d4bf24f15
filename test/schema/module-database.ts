import { parseDatabaseUrl } from '@aitbc/modulith';
import type { DatabaseDefinition } from '@aitbc/modulith';
import { withKernelTables } from '@aitbc/modulith/outbox/kernel-tables.js';
import { migrate } from '@aitbc/modulith/unit-of-work/migrate.js';
import { dataSourceOptions, ModuleDataSource } from '@aitbc/modulith/unit-of-work/module-data-source.js';
import { DataSource } from 'typeorm';

/** Brings a module's tables up to date as the application does at boot. */
export async function migrateModule(definition: DatabaseDefinition, url: string): Promise<void> {
  const dataSource = new ModuleDataSource(definition.module, dataSourceOptions(withKernelTables(definition), url));
  await dataSource.initialize();
  try {
    await migrate(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Opens a module's database as TypeORM's own tools do: with a plain data source that writes. */
export async function withPlainDataSource<T>(
  definition: DatabaseDefinition,
  url: string,
  work: (dataSource: DataSource) => Promise<T>,
): Promise<T> {
  const dataSource = await new DataSource(dataSourceOptions(withKernelTables(definition), url)).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** The statements that would make the tables what the entities say: none, when there is no drift. */
export function drift(definition: DatabaseDefinition, url: string): Promise<string[]> {
  return withPlainDataSource(definition, url, async (dataSource) => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map((each) => each.query);
  });
}

/** Every table of a database: on Postgres with its schema in front. */
export async function tablesOf(url: string): Promise<string[]> {
  const target = parseDatabaseUrl(url);
  const dataSource = new DataSource(
    target.type === 'sqlite' ? { type: 'sqlite', database: target.path } : { type: 'postgres', url: target.url },
  );
  await dataSource.initialize();
  try {
    const rows = await dataSource.query<{ name: string }[]>(
      target.type === 'sqlite'
        ? `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`
        : `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema')`,
    );
    return rows.map((each) => each.name).toSorted();
  } finally {
    await dataSource.destroy();
  }
}
