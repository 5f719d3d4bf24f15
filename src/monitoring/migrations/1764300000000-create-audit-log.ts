import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const long = (name: string): TableColumnOptions => ({ name, type: 'text' });
const number = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

const records = new Table({
  name: 'monitoring_audit',
  columns: [
    { ...number('sequence'), isPrimary: true },
    number('at'),
    text('action', 64),
    text('resource', 200),
    optional(text('actor', 100)),
    optional(long('roles')),
    optional(text('origin', 100)),
    optional(text('trace_id', 32)),
    optional(long('before')),
    optional(long('after')),
    text('previous_hash', 64),
    text('hash', 64),
  ],
  indices: [
    { name: 'monitoring_audit_by_actor', columnNames: ['actor', 'sequence'] },
    { name: 'monitoring_audit_by_resource', columnNames: ['resource', 'sequence'] },
    { name: 'monitoring_audit_by_time', columnNames: ['at'] },
  ],
});

const head = new Table({
  name: 'monitoring_audit_head',
  columns: [{ name: 'id', type: 'integer', isPrimary: true }, number('sequence'), text('hash', 64)],
});

// REPLACE deletes without firing delete triggers, so on SQLite an insert trigger checks too.
const APPEND_ONLY_IN_SQLITE = [
  `CREATE TRIGGER monitoring_audit_unchanged BEFORE UPDATE ON monitoring_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  `CREATE TRIGGER monitoring_audit_undeleted BEFORE DELETE ON monitoring_audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
  `CREATE TRIGGER monitoring_audit_unreplaced BEFORE INSERT ON monitoring_audit WHEN EXISTS (SELECT 1 FROM monitoring_audit WHERE sequence = NEW.sequence) BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END`,
];
const APPEND_ONLY_IN_POSTGRES = [
  `CREATE FUNCTION monitoring_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$`,
  `CREATE TRIGGER monitoring_audit_unchanged BEFORE UPDATE OR DELETE ON monitoring_audit FOR EACH ROW EXECUTE FUNCTION monitoring_refuse_change()`,
  `CREATE TRIGGER monitoring_audit_untruncated BEFORE TRUNCATE ON monitoring_audit EXECUTE FUNCTION monitoring_refuse_change()`,
];

export class CreateAuditLog1764300000000 implements MigrationInterface {
  name = 'CreateAuditLog1764300000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(records);
    await queryRunner.createTable(head);
    await queryRunner.query(
      `INSERT INTO monitoring_audit_head (id, sequence, hash) VALUES (1, 0, '${'0'.repeat(64)}')`,
    );
    const triggers = isPostgres(queryRunner) ? APPEND_ONLY_IN_POSTGRES : APPEND_ONLY_IN_SQLITE;
    for (const trigger of triggers) await queryRunner.query(trigger);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(head);
    await queryRunner.dropTable(records);
    if (isPostgres(queryRunner)) await queryRunner.query('DROP FUNCTION monitoring_refuse_change()');
  }
}

function isPostgres(queryRunner: QueryRunner): boolean {
  return queryRunner.connection.options.type === 'postgres';
}
