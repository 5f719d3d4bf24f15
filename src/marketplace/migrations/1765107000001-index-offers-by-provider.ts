import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const byProvider = new TableIndex({
  name: 'marketplace_offers_by_provider',
  columnNames: ['provider_id', 'status'],
});

export class IndexOffersByProvider1765107000001 implements MigrationInterface {
  name = 'IndexOffersByProvider1765107000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex('marketplace_offers', byProvider);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('marketplace_offers', byProvider);
  }
}
