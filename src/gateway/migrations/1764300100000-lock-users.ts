import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const columns = [
  new TableColumn({ name: 'locked_at', type: 'bigint', isNullable: true }),
  new TableColumn({ name: 'lock_reason', type: 'varchar', length: '1000', isNullable: true }),
  new TableColumn({ name: 'credentials_version', type: 'integer', default: 0 }),
  new TableColumn({ name: 'credentials_changed_at', type: 'bigint', isNullable: true }),
];
const changes = new TableIndex({
  name: 'gateway_users_credentials_changed_at',
  columnNames: ['credentials_changed_at'],
});
const owners = new TableIndex({ name: 'gateway_api_keys_owner', columnNames: ['owner_id'] });

export class LockUsers1764300100000 implements MigrationInterface {
  name = 'LockUsers1764300100000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('gateway_users', columns);
    await queryRunner.createIndex('gateway_users', changes);
    await queryRunner.createIndex('gateway_api_keys', owners);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('gateway_api_keys', owners);
    await queryRunner.dropIndex('gateway_users', changes);
    await queryRunner.dropColumns('gateway_users', columns);
  }
}
