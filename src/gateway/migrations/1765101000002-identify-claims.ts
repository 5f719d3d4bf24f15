import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const columns = [
  new TableColumn({ name: 'claim_id', type: 'varchar', length: '36', isNullable: true }),
  new TableColumn({ name: 'attempts', type: 'integer', default: 1 }),
];

export class IdentifyClaims1765101000002 implements MigrationInterface {
  name = 'IdentifyClaims1765101000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumns('gateway_idempotency_keys', columns);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumns('gateway_idempotency_keys', columns);
  }
}
