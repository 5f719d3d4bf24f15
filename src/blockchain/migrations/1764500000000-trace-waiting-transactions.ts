import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who gave a transaction to the pool finds in that trace when a block took it, whichever replica sealed the block. */
export class TraceWaitingTransactions1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE blockchain_waiting_transactions ADD COLUMN traceparent varchar(55)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE blockchain_waiting_transactions DROP COLUMN traceparent');
  }
}
