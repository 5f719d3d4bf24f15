import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const long = (name: string): TableColumnOptions => ({ name, type: 'text' });
const id = (name: string) => text(name, 36);
const address = (name: string) => text(name, 42);
const amount = (name: string) => text(name, 78);
const hash = (name: string) => text(name, 66);
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const wallets = new Table({
  name: 'wallet_wallets',
  columns: [
    primary(id('id')),
    id('owner_id'),
    text('name', 64),
    address('address'),
    long('keystore'),
    integer('wrong_attempts'),
    optional(time('next_attempt_at')),
    time('created_at'),
  ],
  indices: [
    { name: 'wallet_wallets_by_owner', columnNames: ['owner_id', 'id'] },
    { name: 'wallet_wallets_once', columnNames: ['owner_id', 'address'], isUnique: true },
    { name: 'wallet_wallets_by_address', columnNames: ['address'] },
  ],
});

const sessions = new Table({
  name: 'wallet_sessions',
  columns: [primary(id('wallet_id')), long('wrapped_key'), time('expires_at')],
  indices: [{ name: 'wallet_sessions_by_expiry', columnNames: ['expires_at'] }],
});

const transactions = new Table({
  name: 'wallet_transactions',
  columns: [
    primary(id('id')),
    text('kind', 24),
    text('purpose', 160),
    optional(id('wallet_id')),
    optional(id('requested_by')),
    address('sender'),
    optional(address('recipient')),
    amount('amount'),
    long('data'),
    integer('nonce'),
    amount('highest_cost'),
    hash('hash'),
    long('raw'),
    long('filler'),
    text('status', 12),
    optional(text('failure', 64)),
    optional(integer('block_number')),
    optional(text('traceparent', 55)),
    time('created_at'),
    time('tried_at'),
  ],
  indices: [
    { name: 'wallet_transactions_once', columnNames: ['kind', 'purpose'], isUnique: true },
    { name: 'wallet_transactions_by_hash', columnNames: ['hash'], isUnique: true },
    { name: 'wallet_transactions_by_sender', columnNames: ['sender', 'status', 'nonce'] },
    { name: 'wallet_transactions_by_wallet', columnNames: ['wallet_id', 'id'] },
    { name: 'wallet_transactions_to_try', columnNames: ['status', 'tried_at'] },
    { name: 'wallet_transactions_of_faucet', columnNames: ['kind', 'requested_by', 'created_at'] },
  ],
});

const ledger = new Table({
  name: 'wallet_ledger_entries',
  columns: [
    primary(address('address')),
    primary(integer('sequence')),
    text('kind', 12),
    { name: 'is_outflow', type: 'boolean' },
    amount('magnitude'),
    amount('balance'),
    optional(address('counterparty')),
    optional(hash('transaction_hash')),
    integer('block_number'),
    time('at'),
  ],
});

const contracts = new Table({
  name: 'wallet_escrow_contracts',
  columns: [
    primary(address('address')),
    integer('version'),
    integer('chain_id'),
    address('arbiter'),
    address('treasury'),
    integer('fee_basis_points'),
    hash('transaction_hash'),
    text('status', 12),
    optional(integer('block_number')),
  ],
  indices: [{ name: 'wallet_escrow_contracts_by_version', columnNames: ['version', 'status'] }],
});

const cursors = new Table({
  name: 'wallet_cursors',
  columns: [primary(text('chain', 16)), integer('block_number')],
});

const tables = [wallets, sessions, transactions, ledger, contracts, cursors];

export class CreateWalletTables1764000000000 implements MigrationInterface {
  readonly name = 'CreateWalletTables1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await queryRunner.dropTable(table);
  }
}
