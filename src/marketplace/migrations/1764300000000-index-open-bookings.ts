import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'marketplace_bookings';
const byMoney = new TableIndex({
  name: 'marketplace_bookings_by_money',
  columnNames: ['release_transaction', 'lock_transaction'],
});

/** Finds open bookings without reading the finished ones. */
export class IndexOpenBookings1764300000000 implements MigrationInterface {
  name = 'IndexOpenBookings1764300000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex(TABLE, byMoney);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex(TABLE, byMoney);
  }
}
