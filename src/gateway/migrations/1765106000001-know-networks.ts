import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const knownNetworks = new Table({
  name: 'gateway_known_networks',
  columns: [
    { name: 'user_id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'network_hash', type: 'varchar', length: '64', isPrimary: true },
    { name: 'seen_at', type: 'bigint' },
  ],
  indices: [{ name: 'gateway_known_networks_seen_at', columnNames: ['seen_at'] }],
});

export class KnowNetworks1765106000001 implements MigrationInterface {
  name = 'KnowNetworks1765106000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(knownNetworks);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(knownNetworks);
  }
}
