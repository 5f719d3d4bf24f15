import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const key = (name: string, length: number): TableColumnOptions => ({ ...text(name, length), isPrimary: true });
const milliseconds = (name: string): TableColumnOptions => ({ name, type: 'double precision' });

const TABLES = [
  new Table({
    name: 'monitoring_traces',
    columns: [
      key('trace_id', 32),
      text('name', 200),
      milliseconds('named_at'),
      milliseconds('started_at'),
      milliseconds('ended_at'),
      milliseconds('duration_ms'),
      { name: 'failed', type: 'boolean' },
      { name: 'span_count', type: 'integer' },
    ],
    indices: [{ name: 'monitoring_traces_by_start', columnNames: ['started_at'] }],
  }),
  new Table({
    name: 'monitoring_spans',
    columns: [key('trace_id', 32), key('span_id', 16), { name: 'span', type: 'text' }],
  }),
  new Table({
    name: 'monitoring_trace_subjects',
    columns: [key('subject', 128), key('trace_id', 32)],
    indices: [{ name: 'monitoring_trace_subjects_by_trace', columnNames: ['trace_id'] }],
  }),
];

/** Stored traces with their spans and subjects. */
export class CreateTraces1764500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await queryRunner.dropTable(table);
  }
}
