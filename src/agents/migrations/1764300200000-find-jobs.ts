import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const agent = new TableColumn({ name: 'agent_id', type: 'varchar', length: '36', isNullable: true });
const indices = [
  new TableIndex({ name: 'agents_jobs_by_status', columnNames: ['status', 'id'] }),
  new TableIndex({ name: 'agents_jobs_by_provider', columnNames: ['provider_id', 'id'] }),
  new TableIndex({ name: 'agents_jobs_by_agent', columnNames: ['agent_id', 'id'] }),
];

export class FindJobs1764300200000 implements MigrationInterface {
  name = 'FindJobs1764300200000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('agents_jobs', agent);
    await queryRunner.query('UPDATE agents_jobs SET agent_id = holder_id WHERE holder_id IS NOT NULL');
    for (const index of indices) await queryRunner.createIndex('agents_jobs', index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const index of indices.toReversed()) await queryRunner.dropIndex('agents_jobs', index);
    await queryRunner.dropColumn('agents_jobs', agent);
  }
}
