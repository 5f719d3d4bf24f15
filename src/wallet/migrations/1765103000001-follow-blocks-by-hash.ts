import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';

/** Processed blocks, and since when the chain has rejected a transaction. */
export class FollowBlocksByHash1765103000001 implements MigrationInterface {
  readonly name = 'FollowBlocksByHash1765103000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'wallet_followed_blocks',
        columns: [
          { name: 'number', type: 'integer', isPrimary: true },
          { name: 'hash', type: 'varchar', length: '66' },
        ],
      }),
    );
    await queryRunner.query('ALTER TABLE wallet_transactions ADD COLUMN refused_since bigint');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('wallet_transactions', new TableColumn({ name: 'refused_since', type: 'bigint' }));
    await queryRunner.dropTable('wallet_followed_blocks');
  }
}
