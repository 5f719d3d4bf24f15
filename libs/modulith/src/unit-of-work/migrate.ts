import { DataSource, MigrationExecutor } from 'typeorm';
import type { ModuleDataSource } from './module-data-source.js';

const MIGRATION_LOCK = 7_733_000_001;

/**
 * Brings a module's tables up to date in one transaction. Several processes may start at once: SQLite's write lock or
 * an advisory lock lets one after the other through, and the later ones find nothing left to do.
 */
export async function migrate(dataSource: ModuleDataSource): Promise<void> {
  if (dataSource.options.type === 'postgres') await createSchema(dataSource);
  // READ COMMITTED: under SERIALIZABLE the lock statement itself would fix the snapshot before the lock is held.
  const unit = dataSource.openUnit(
    `BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`,
  );
  try {
    const executor = new MigrationExecutor(dataSource, unit.runner);
    executor.transaction = 'none';
    await executor.executePendingMigrations();
    await unit.commit([]);
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}

async function createSchema({ module, options }: ModuleDataSource): Promise<void> {
  if (options.type !== 'postgres') return;
  const admin = await new DataSource({ type: 'postgres', url: options.replication?.master.url }).initialize();
  try {
    await admin.query(
      `BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK}); CREATE SCHEMA IF NOT EXISTS "${module}"; COMMIT`,
    );
  } finally {
    await admin.destroy();
  }
}
