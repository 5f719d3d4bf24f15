import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const json = (name: string): TableColumnOptions => ({ name, type: 'text' });
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

const flags = new Table({
  name: 'monitoring_flags',
  columns: [
    { ...text('key', 64), isPrimary: true },
    text('kind', 8),
    text('description', 500),
    json('variants'),
    { name: 'enabled', type: 'boolean' },
    text('off_variant', 64),
    text('default_variant', 64),
    json('allow'),
    optional(text('allow_variant', 64)),
    json('deny'),
    optional(time('starts_at')),
    optional(time('ends_at')),
    json('prerequisites'),
    json('rules'),
    text('salt', 32),
    { name: 'version', type: 'integer' },
    time('created_at'),
    time('changed_at'),
    optional(time('archived_at')),
  ],
});

export class CreateFlags1764100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(flags);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(flags);
  }
}
