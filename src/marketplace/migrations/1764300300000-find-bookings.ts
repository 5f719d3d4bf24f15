import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const byStatus = new TableIndex({ name: 'marketplace_bookings_by_status', columnNames: ['status', 'id'] });

export class FindBookings1764300300000 implements MigrationInterface {
  name = 'FindBookings1764300300000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex('marketplace_bookings', byStatus);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('marketplace_bookings', byStatus);
  }
}
