import { MigrationExecutor } from 'typeorm';
import type { ModuleDataSource } from './module-data-source.js';
import type { BeginOptions } from './postgres-unit.js';

const MIGRATION_LOCK = 7_733_000_001;
/**
 * READ COMMITTED: under SERIALIZABLE, the lock statement would take the snapshot before the lock is held. No timeouts:
 * another process may migrate first, and building an index may take minutes.
 */
const UNDER_LOCK: BeginOptions = {
  sql: `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SELECT pg_advisory_xact_lock(${MIGRATION_LOCK})`,
  isPatient: true,
};

/**
 * Migrates a module's tables in one transaction. Several processes may start at once: SQLite's write lock or an
 * advisory lock serialises them, and later ones find nothing left to do.
 */
export async function migrate(dataSource: ModuleDataSource): Promise<void> {
  if (dataSource.options.type === 'postgres') await createSchema(dataSource);
  const unit = dataSource.openUnit(UNDER_LOCK);
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

async function createSchema(dataSource: ModuleDataSource): Promise<void> {
  const unit = dataSource.openUnit(UNDER_LOCK);
  try {
    await unit.commit([`CREATE SCHEMA IF NOT EXISTS "${dataSource.module}"`]);
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}
