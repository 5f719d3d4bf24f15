import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets the submitter's trace show when a block included the transaction, whichever replica sealed it. */
export class TraceWaitingTransactions1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE blockchain_waiting_transactions ADD COLUMN traceparent varchar(55)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE blockchain_waiting_transactions DROP COLUMN traceparent');
  }
}
