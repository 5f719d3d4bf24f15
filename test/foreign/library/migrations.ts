import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateBooks1700000000001 implements MigrationInterface {
  name = 'CreateBooks1700000000001';

  up(queryRunner: QueryRunner): Promise<void> {
    const columns = [
      { name: 'isbn', type: 'varchar', isPrimary: true },
      { name: 'title', type: 'varchar' },
      { name: 'timesLent', type: 'integer' },
    ];
    return queryRunner.createTable(new Table({ name: 'catalogue_books', columns }));
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropTable('catalogue_books');
  }
}

export class CreateLoans1700000000001 implements MigrationInterface {
  name = 'CreateLoans1700000000001';

  up(queryRunner: QueryRunner): Promise<void> {
    const columns = [
      {
        name: 'id',
        type: 'integer',
        isPrimary: true,
        isGenerated: true,
        generationStrategy: 'increment' as const,
      },
      { name: 'isbn', type: 'varchar' },
      { name: 'reader', type: 'varchar' },
    ];
    return queryRunner.createTable(new Table({ name: 'lending_loans', columns }));
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return queryRunner.dropTable('lending_loans');
  }
}
