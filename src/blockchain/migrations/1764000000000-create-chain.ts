import { bytesType } from '@aitbc/platform';
import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const hash = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '66',
  ...more,
});
const address = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: '42',
  ...more,
});
const amount = (name: string): TableColumnOptions => ({ name, type: 'varchar', length: '78' });
const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...more,
});
const text = (name: string): TableColumnOptions => ({ name, type: 'text' });
const primary = { isPrimary: true };
const nullable = { isNullable: true };

/** Blocks with their effects, the state's nodes, and the pool. */
export class CreateChain1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(blocks());
    await queryRunner.createTable(transactions());
    await queryRunner.createTable(logs());
    await queryRunner.createTable(balanceChanges());
    await queryRunner.createTable(waitingTransactions());
    const bytes = bytesType(queryRunner);
    const columns = [
      { name: 'key', type: bytes, isPrimary: true },
      { name: 'value', type: bytes },
    ];
    await queryRunner.createTable(new Table({ name: 'blockchain_nodes', columns }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const names = ['nodes', 'waiting_transactions', 'balance_changes', 'logs', 'transactions', 'blocks'];
    for (const name of names) await queryRunner.dropTable(`blockchain_${name}`);
  }
}

function blocks(): Table {
  return new Table({
    name: 'blockchain_blocks',
    columns: [
      integer('number', primary),
      hash('hash'),
      hash('parent_hash'),
      hash('state_root'),
      { name: 'sealed_at', type: 'bigint' },
      text('header'),
      text('envelope'),
      integer('gas_used'),
      amount('base_fee'),
      integer('size'),
      integer('transaction_count'),
    ],
    indices: [{ name: 'blockchain_blocks_hash', columnNames: ['hash'], isUnique: true }],
  });
}

function transactions(): Table {
  return new Table({
    name: 'blockchain_transactions',
    columns: [
      hash('hash', primary),
      integer('block_number'),
      integer('position'),
      address('sender'),
      address('recipient', nullable),
      integer('nonce'),
      amount('value'),
      text('raw'),
      { name: 'succeeded', type: 'boolean' },
      integer('gas_used'),
      integer('cumulative_gas_used'),
      amount('gas_price'),
      address('contract_address', nullable),
      text('transfers'),
    ],
    indices: [{ name: 'blockchain_transactions_block', columnNames: ['block_number', 'position'], isUnique: true }],
  });
}

function logs(): Table {
  return new Table({
    name: 'blockchain_logs',
    columns: [
      integer('block_number', primary),
      integer('position', primary),
      hash('transaction_hash'),
      integer('transaction_position'),
      address('address'),
      ...[0, 1, 2, 3].map((topic) => hash(`topic${topic}`, nullable)),
      text('data'),
    ],
    indices: [
      { name: 'blockchain_logs_address', columnNames: ['address', 'block_number'] },
      { name: 'blockchain_logs_topic', columnNames: ['topic0', 'block_number'] },
    ],
  });
}

function balanceChanges(): Table {
  const columns = [
    integer('block_number', primary),
    address('address', primary),
    amount('balance_before'),
    amount('balance_after'),
  ];
  return new Table({ name: 'blockchain_balance_changes', columns });
}

function waitingTransactions(): Table {
  return new Table({
    name: 'blockchain_waiting_transactions',
    columns: [hash('hash', primary), text('raw'), { name: 'received_at', type: 'bigint' }],
    indices: [{ name: 'blockchain_waiting_transactions_received', columnNames: ['received_at'] }],
  });
}
