import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const id = (name: string) => text(name, 36);
const address = (name: string) => text(name, 42);
const amount = (name: string) => text(name, 78);
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });

const offers = new Table({
  name: 'marketplace_offers',
  columns: [
    { ...id('id'), isPrimary: true },
    id('provider_id'),
    id('wallet_id'),
    address('provider_address'),
    text('gpu_model', 64),
    integer('gpu_memory_gb'),
    integer('gpu_count'),
    text('region', 32),
    { name: 'capabilities', type: 'text' },
    amount('price_per_hour'),
    text('status', 16),
    optional(id('booking_id')),
    integer('version'),
    time('created_at'),
    optional(time('expires_at')),
  ],
  indices: [
    { name: 'marketplace_offers_by_price', columnNames: ['status', 'price_per_hour', 'id'] },
    { name: 'marketplace_offers_by_age', columnNames: ['status', 'created_at', 'id'] },
    { name: 'marketplace_offers_by_expiry', columnNames: ['expires_at'] },
  ],
});

const bookings = new Table({
  name: 'marketplace_bookings',
  columns: [
    { ...id('id'), isPrimary: true },
    id('offer_id'),
    id('client_id'),
    id('provider_id'),
    optional(id('wallet_id')),
    integer('duration_hours'),
    amount('price_per_hour'),
    amount('total'),
    text('status', 16),
    optional(time('due_at')),
    address('escrow_address'),
    address('client_address'),
    address('provider_address'),
    time('escrow_expires_at'),
    optional(amount('locked_amount')),
    optional(amount('provider_gross')),
    optional(amount('to_provider')),
    optional(amount('to_treasury')),
    optional(amount('to_client')),
    optional(text('lock_transaction', 66)),
    optional(text('release_transaction', 66)),
    time('created_at'),
    optional(time('funded_at')),
    optional(time('ended_at')),
    optional(text('failure', 1000)),
    optional(text('disputed_by', 8)),
    optional(text('dispute_reason', 1000)),
    optional(time('disputed_at')),
    optional(id('decided_by')),
    integer('jobs_tried'),
    integer('jobs_completed'),
    optional(text('traceparent', 64)),
  ],
  indices: [
    { name: 'marketplace_bookings_by_client', columnNames: ['client_id', 'id'] },
    { name: 'marketplace_bookings_by_provider', columnNames: ['provider_id', 'id'] },
    { name: 'marketplace_bookings_by_due_time', columnNames: ['due_at'] },
  ],
});

export class CreateOffersAndBookings1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(offers);
    await queryRunner.createTable(bookings);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(bookings);
    await queryRunner.dropTable(offers);
  }
}
