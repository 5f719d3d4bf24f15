import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const columns = [
  new TableColumn({ name: 'id', type: 'varchar', length: '36', isNullable: true }),
  new TableColumn({ name: 'hint', type: 'varchar', length: '16', isNullable: true }),
  new TableColumn({ name: 'last_used_at', type: 'bigint', isNullable: true }),
];
const byId = new TableIndex({ name: 'gateway_api_keys_id', columnNames: ['id'] });

export class UserApiKeys1765106000005 implements MigrationInterface {
  name = 'UserApiKeys1765106000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('gateway_api_keys', columns);
    await queryRunner.createIndex('gateway_api_keys', byId);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('gateway_api_keys', byId);
    await queryRunner.dropColumns('gateway_api_keys', columns);
  }
}
