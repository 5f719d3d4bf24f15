import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import type { DatabaseDefinition } from '../unit-of-work/module-data-source.js';

/** The names of the kernel's tables for a module, under the module's prefix. */
export const kernelTables = (module: string) => ({
  outbox: `${module}_outbox`,
  inbox: `${module}_inbox`,
  deadLetters: `${module}_dead_letters`,
  leases: `${module}_leases`,
  settings: `${module}_settings`,
});

const text = (name: string, length?: string) => (length ? { name, type: 'varchar', length } : { name, type: 'text' });

function sequence(queryRunner: QueryRunner, name: string) {
  const postgres = queryRunner.connection.options.type === 'postgres';
  return {
    name,
    type: postgres ? 'bigint' : 'integer',
    isPrimary: true,
    isGenerated: true,
    generationStrategy: 'increment' as const,
  };
}

/** Adds the migrations of the kernel's tables to a module's own. */
export function withKernelTables(definition: DatabaseDefinition): DatabaseDefinition {
  const { module } = definition;
  const tables = kernelTables(module);

  class CreateKernelTables1700000000000 implements MigrationInterface {
    name = 'CreateKernelTables1700000000000';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.createTable(
        new Table({
          name: tables.outbox,
          columns: [
            sequence(queryRunner, 'seq'),
            text('message_id', '36'),
            text('target', '100'),
            text('name', '200'),
            text('key', '200'),
            text('payload'),
            text('metadata'),
            { name: 'published_at', type: 'bigint' },
          ],
          indices: [{ name: `${tables.outbox}_target`, columnNames: ['target', 'seq'] }],
          uniques: [{ name: `${tables.outbox}_once`, columnNames: ['message_id', 'target'] }],
        }),
      );
      await queryRunner.createTable(
        new Table({
          name: tables.inbox,
          columns: [
            { ...text('message_id', '36'), isPrimary: true },
            { ...text('handler', '200'), isPrimary: true },
            { ...text('result'), isNullable: true },
            { name: 'handled_at', type: 'bigint' },
          ],
        }),
      );
      await queryRunner.createIndex(
        tables.inbox,
        new TableIndex({ name: `${tables.inbox}_handled_at`, columnNames: ['handled_at'] }),
      );
      await queryRunner.createTable(
        new Table({
          name: tables.deadLetters,
          columns: [
            sequence(queryRunner, 'seq'),
            { ...text('id', '36'), isUnique: true },
            text('message_id', '36'),
            text('name', '200'),
            text('handler', '200'),
            text('key', '200'),
            text('payload'),
            text('metadata'),
            text('state', '10'),
            { name: 'attempts', type: 'integer' },
            text('error_code', '200'),
            text('error_message'),
            { name: 'created_at', type: 'bigint' },
          ],
          indices: [{ name: `${tables.deadLetters}_lane`, columnNames: ['handler', 'key'] }],
          uniques: [{ name: `${tables.deadLetters}_once`, columnNames: ['message_id', 'handler'] }],
        }),
      );
      await queryRunner.createTable(
        new Table({
          name: tables.settings,
          columns: [{ ...text('name', '100'), isPrimary: true }, text('value')],
        }),
      );
      await queryRunner.createTable(
        new Table({
          name: tables.leases,
          columns: [
            { ...text('name', '100'), isPrimary: true },
            text('holder', '200'),
            { name: 'fence', type: 'bigint' },
            { name: 'expires_at', type: 'bigint' },
          ],
        }),
      );
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      for (const table of Object.values(tables)) await queryRunner.dropTable(table);
    }
  }

  /** NULL means that the message is done: older releases do not know the column and record nothing else. */
  class NumberAttempts1765101000001 implements MigrationInterface {
    name = 'NumberAttempts1765101000001';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.addColumn(tables.inbox, new TableColumn({ name: 'attempt', type: 'bigint', isNullable: true }));
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.query(`DELETE FROM ${tables.inbox} WHERE attempt IS NOT NULL`);
      await queryRunner.dropColumn(tables.inbox, 'attempt');
    }
  }

  class AddDelayedEvents1765102000001 implements MigrationInterface {
    name = 'AddDelayedEvents1765102000001';

    async up(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.addColumn(
        tables.deadLetters,
        new TableColumn({ name: 'retry_at', type: 'bigint', isNullable: true }),
      );
      await queryRunner.createIndex(
        tables.deadLetters,
        new TableIndex({ name: `${tables.deadLetters}_retry`, columnNames: ['state', 'retry_at'] }),
      );
    }

    async down(queryRunner: QueryRunner): Promise<void> {
      await queryRunner.dropIndex(tables.deadLetters, `${tables.deadLetters}_retry`);
      await queryRunner.dropColumn(tables.deadLetters, 'retry_at');
    }
  }

  return {
    ...definition,
    migrations: [
      CreateKernelTables1700000000000,
      NumberAttempts1765101000001,
      AddDelayedEvents1765102000001,
      ...definition.migrations,
    ],
  };
}
