import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const deletedAt = new TableColumn({ name: 'deleted_at', type: 'bigint', isNullable: true });

export class DeleteAccounts1765106000006 implements MigrationInterface {
  name = 'DeleteAccounts1765106000006';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('gateway_users', deletedAt);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('gateway_users', deletedAt);
  }
}
