import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateFeed1764300000002 implements MigrationInterface {
  name = 'CreateFeed1764300000002';

  async up(queryRunner: QueryRunner): Promise<void> {
    const isPostgres = queryRunner.connection.options.type === 'postgres';
    await queryRunner.createTable(
      new Table({
        name: 'monitoring_feed',
        columns: [
          {
            name: 'sequence',
            // SQLite auto-increments no other type, and its integers have 64 bits anyway.
            type: isPostgres ? 'bigint' : 'integer',
            isPrimary: true,
            isGenerated: true,
            generationStrategy: 'increment',
          },
          { name: 'audience', type: 'varchar', length: '64' },
          { name: 'type', type: 'varchar', length: '64' },
          { name: 'data', type: 'text' },
          { name: 'at', type: 'bigint' },
          { name: 'trace_id', type: 'varchar', length: '32', isNullable: true },
        ],
        indices: [
          { name: 'monitoring_feed_by_audience', columnNames: ['audience', 'sequence'] },
          { name: 'monitoring_feed_by_age', columnNames: ['at'] },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('monitoring_feed');
  }
}
