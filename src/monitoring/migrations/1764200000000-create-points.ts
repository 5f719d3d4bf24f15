import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

const number = (name: string) => ({ name, type: 'double precision' });

export class CreatePoints1764200000000 implements MigrationInterface {
  name = 'CreatePoints1764200000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'monitoring_points',
        columns: [
          { name: 'resolution', type: 'integer', isPrimary: true },
          { name: 'series', type: 'varchar', length: '64', isPrimary: true },
          { name: 'at', type: 'bigint', isPrimary: true },
          number('lowest'),
          number('highest'),
          number('total'),
          number('weight'),
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('monitoring_points');
  }
}
