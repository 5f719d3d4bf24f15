import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const byTime = new TableIndex({ name: 'wallet_ledger_entries_by_time', columnNames: ['address', 'at', 'sequence'] });

export class FindLedgerEntriesByTime1765110000001 implements MigrationInterface {
  name = 'FindLedgerEntriesByTime1765110000001';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createIndex('wallet_ledger_entries', byTime);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('wallet_ledger_entries', byTime);
  }
}
