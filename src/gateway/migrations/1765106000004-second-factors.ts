import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';

const secondFactors = new Table({
  name: 'gateway_second_factors',
  columns: [
    { name: 'user_id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'sealed_secret', type: 'varchar', length: '200' },
    { name: 'confirmed_at', type: 'bigint', isNullable: true },
    { name: 'last_step', type: 'integer' },
    { name: 'recovery_codes', type: 'text' },
    { name: 'wrong_attempts', type: 'integer' },
    { name: 'next_attempt_at', type: 'bigint', isNullable: true },
  ],
});
const since = new TableColumn({ name: 'second_factor_since', type: 'bigint', isNullable: true });
const method = new TableColumn({ name: 'method', type: 'varchar', length: '16', isNullable: true });

export class SecondFactors1765106000004 implements MigrationInterface {
  name = 'SecondFactors1765106000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(secondFactors);
    await queryRunner.addColumn('gateway_users', since);
    await queryRunner.addColumn('gateway_refresh_tokens', method);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('gateway_refresh_tokens', method);
    await queryRunner.dropColumn('gateway_users', since);
    await queryRunner.dropTable(secondFactors);
  }
}
