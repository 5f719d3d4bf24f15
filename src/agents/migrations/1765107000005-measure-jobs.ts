import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const storedBytes = new TableColumn({ name: 'stored_bytes', type: 'integer', default: 0 });
const indices = [
  new TableIndex({ name: 'agents_jobs_by_client_status', columnNames: ['client_id', 'status'] }),
  new TableIndex({ name: 'agents_jobs_by_size', columnNames: ['booking_id', 'stored_bytes'] }),
];

export class MeasureJobs1765107000005 implements MigrationInterface {
  name = 'MeasureJobs1765107000005';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('agents_jobs', storedBytes);
    for (const index of indices) await queryRunner.createIndex('agents_jobs', index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const index of indices.toReversed()) await queryRunner.dropIndex('agents_jobs', index);
    await queryRunner.dropColumn('agents_jobs', 'stored_bytes');
  }
}
