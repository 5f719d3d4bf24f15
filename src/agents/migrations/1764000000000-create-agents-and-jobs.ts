import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const id = (name: string) => text(name, 36);
const address = (name: string) => text(name, 42);
const json = (name: string): TableColumnOptions => ({ name, type: 'text' });
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const tables = [
  new Table({
    name: 'agents_agents',
    columns: [
      primary(id('id')),
      id('owner_id'),
      text('name', 100),
      json('capabilities'),
      json('offer_ids'),
      { name: 'concurrency', type: 'integer' },
      optional(text('region', 32)),
      optional(text('public_key', 43)),
      optional(time('last_seen_at')),
      time('created_at'),
    ],
    indices: [{ name: 'agents_agents_by_owner', columnNames: ['owner_id', 'created_at', 'id'] }],
  }),
  new Table({
    name: 'agents_bookings',
    columns: [
      primary(id('id')),
      id('offer_id'),
      id('client_id'),
      id('provider_id'),
      address('client_address'),
      address('provider_address'),
      time('ends_at'),
      optional(text('end_reason', 16)),
      optional(text('traceparent', 64)),
    ],
  }),
  new Table({
    name: 'agents_jobs',
    columns: [
      primary(id('id')),
      id('booking_id'),
      id('offer_id'),
      id('client_id'),
      id('provider_id'),
      text('kind', 16),
      text('status', 16),
      json('attempts'),
      optional(id('holder_id')),
      optional(time('lease_expires_at')),
      time('available_at'),
      time('expires_at'),
      optional(time('due_at')),
      optional(json('failure')),
      time('created_at'),
      optional(time('finished_at')),
      optional(text('traceparent', 64)),
    ],
    indices: [
      { name: 'agents_jobs_by_queue', columnNames: ['status', 'offer_id', 'available_at'] },
      { name: 'agents_jobs_by_client', columnNames: ['client_id', 'id'] },
      { name: 'agents_jobs_by_booking', columnNames: ['booking_id', 'id'] },
      { name: 'agents_jobs_by_holder', columnNames: ['holder_id'] },
      { name: 'agents_jobs_by_due_time', columnNames: ['due_at'] },
    ],
  }),
  new Table({ name: 'agents_tasks', columns: [primary(id('job_id')), json('task')] }),
  new Table({
    name: 'agents_deliveries',
    columns: [
      primary(id('job_id')),
      json('result'),
      json('receipt'),
      text('agent_signature', 86),
      text('agent_public_key', 43),
      optional(text('platform_signature', 132)),
      optional(address('platform_address')),
    ],
  }),
];

export class CreateAgentsAndJobs1764000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await queryRunner.dropTable(table);
  }
}
