import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';

const mailedTokens = new Table({
  name: 'gateway_mailed_tokens',
  columns: [
    { name: 'token_hash', type: 'varchar', length: '64', isPrimary: true },
    { name: 'kind', type: 'varchar', length: '16' },
    { name: 'email', type: 'varchar', length: '254' },
    { name: 'user_id', type: 'varchar', length: '36', isNullable: true },
    { name: 'password_hash', type: 'varchar', length: '200', isNullable: true },
    { name: 'attempts', type: 'integer' },
    { name: 'created_at', type: 'bigint' },
    { name: 'expires_at', type: 'bigint' },
    { name: 'sealed_token', type: 'varchar', length: '200', isNullable: true },
    { name: 'send_at', type: 'bigint', isNullable: true },
    { name: 'send_attempts', type: 'integer' },
  ],
  indices: [
    { name: 'gateway_mailed_tokens_email', columnNames: ['email', 'created_at'] },
    { name: 'gateway_mailed_tokens_expires_at', columnNames: ['expires_at'] },
    { name: 'gateway_mailed_tokens_send_at', columnNames: ['send_at'] },
  ],
});
const verifiedAt = new TableColumn({ name: 'email_verified_at', type: 'bigint', isNullable: true });

export class MailTokens1765106000003 implements MigrationInterface {
  name = 'MailTokens1765106000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(mailedTokens);
    await queryRunner.addColumn('gateway_users', verifiedAt);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('gateway_users', verifiedAt);
    await queryRunner.dropTable(mailedTokens);
  }
}
