import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const jobsFailed = new TableColumn({ name: 'jobs_failed', type: 'integer', default: 0 });

export class CountFailedJobs1765107000002 implements MigrationInterface {
  name = 'CountFailedJobs1765107000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('marketplace_bookings', jobsFailed);
    // Existing counts keep their meaning: tried but not completed counted against the provider.
    await queryRunner.query('UPDATE marketplace_bookings SET jobs_failed = jobs_tried - jobs_completed');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('marketplace_bookings', 'jobs_failed');
  }
}
