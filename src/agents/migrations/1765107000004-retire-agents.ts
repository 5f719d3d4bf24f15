import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const retiredAt = new TableColumn({ name: 'retired_at', type: 'bigint', isNullable: true });

export class RetireAgents1765107000004 implements MigrationInterface {
  name = 'RetireAgents1765107000004';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('agents_agents', retiredAt);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('agents_agents', 'retired_at');
  }
}
