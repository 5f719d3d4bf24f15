import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const index = new TableIndex({ name: 'agents_jobs_by_availability', columnNames: ['status', 'available_at'] });

export class FindOldestJob1764600000000 implements MigrationInterface {
  name = 'FindOldestJob1764600000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex('agents_jobs', index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('agents_jobs', index);
  }
}
