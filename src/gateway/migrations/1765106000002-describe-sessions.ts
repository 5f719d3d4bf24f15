import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const columns = [
  new TableColumn({ name: 'signed_in_at', type: 'bigint', isNullable: true }),
  new TableColumn({ name: 'issued_at', type: 'bigint', isNullable: true }),
  new TableColumn({ name: 'origin', type: 'varchar', length: '64', isNullable: true }),
  new TableColumn({ name: 'client', type: 'varchar', length: '200', isNullable: true }),
];
const revocations = new TableIndex({
  name: 'gateway_refresh_tokens_revoked_at',
  columnNames: ['revoked_at'],
});

export class DescribeSessions1765106000002 implements MigrationInterface {
  name = 'DescribeSessions1765106000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('gateway_refresh_tokens', columns);
    await queryRunner.createIndex('gateway_refresh_tokens', revocations);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('gateway_refresh_tokens', revocations);
    await queryRunner.dropColumns('gateway_refresh_tokens', columns);
  }
}
