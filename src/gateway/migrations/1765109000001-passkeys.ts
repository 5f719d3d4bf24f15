import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const passkeys = new Table({
  name: 'gateway_passkeys',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'user_id', type: 'varchar', length: '36' },
    { name: 'name', type: 'varchar', length: '64' },
    { name: 'credential_id', type: 'varchar', length: '1364' },
    { name: 'public_key', type: 'varchar', length: '2000' },
    { name: 'counter', type: 'bigint' },
    { name: 'transports', type: 'text' },
    { name: 'synced', type: 'boolean' },
    { name: 'created_at', type: 'bigint' },
    { name: 'last_used_at', type: 'bigint', isNullable: true },
  ],
  uniques: [{ name: 'gateway_passkeys_credential', columnNames: ['credential_id'] }],
  indices: [{ name: 'gateway_passkeys_user', columnNames: ['user_id'] }],
});
const spentChallenges = new Table({
  name: 'gateway_spent_challenges',
  columns: [
    { name: 'challenge_hash', type: 'varchar', length: '64', isPrimary: true },
    { name: 'expires_at', type: 'bigint' },
  ],
  indices: [{ name: 'gateway_spent_challenges_expires_at', columnNames: ['expires_at'] }],
});

export class Passkeys1765109000001 implements MigrationInterface {
  name = 'Passkeys1765109000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(passkeys);
    await queryRunner.createTable(spentChallenges);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(spentChallenges);
    await queryRunner.dropTable(passkeys);
  }
}
