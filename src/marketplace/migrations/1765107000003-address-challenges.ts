import { type MigrationInterface, type QueryRunner, Table, TableIndex } from 'typeorm';

const table = new Table({
  name: 'marketplace_address_challenges',
  columns: [
    { name: 'nonce', type: 'varchar', length: '32', isPrimary: true },
    { name: 'user_id', type: 'varchar', length: '36' },
    { name: 'address', type: 'varchar', length: '42' },
    { name: 'message', type: 'varchar', length: '1000' },
    { name: 'expires_at', type: 'bigint' },
  ],
  indices: [
    { name: 'marketplace_address_challenges_by_user', columnNames: ['user_id'] },
    { name: 'marketplace_address_challenges_by_expiry', columnNames: ['expires_at'] },
  ],
});
const byClient = new TableIndex({
  name: 'marketplace_bookings_by_client_status',
  columnNames: ['client_id', 'status'],
});

export class AddressChallenges1765107000003 implements MigrationInterface {
  name = 'AddressChallenges1765107000003';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(table);
    await queryRunner.createIndex('marketplace_bookings', byClient);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('marketplace_bookings', byClient);
    await queryRunner.dropTable(table);
  }
}
