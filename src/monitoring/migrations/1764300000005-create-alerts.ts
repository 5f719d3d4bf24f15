import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number): TableColumnOptions => ({ name, type: 'varchar', length: String(length) });
const id = (name: string) => text(name, 36);
const json = (name: string): TableColumnOptions => ({ name, type: 'text' });
const time = (name: string): TableColumnOptions => ({ name, type: 'bigint' });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const number = (name: string): TableColumnOptions => ({ name, type: 'double precision' });
const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
const optional = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isNullable: true });
const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const tables = [
  new Table({
    name: 'monitoring_alert_rules',
    columns: [
      primary(text('name', 64)),
      text('origin', 16),
      flag('changed'),
      text('summary', 200),
      text('kind', 16),
      text('series', 100),
      optional(text('comparison', 2)),
      optional(number('value')),
      optional(integer('window_seconds')),
      json('guards'),
      integer('for_seconds'),
      integer('cooldown_seconds'),
      text('severity', 16),
      optional(json('channels')),
      flag('enabled'),
      optional(text('runbook', 500)),
      time('updated_at'),
    ],
  }),
  new Table({
    name: 'monitoring_alerts',
    columns: [
      primary(id('id')),
      text('rule', 64),
      optional(text('open_rule', 64)),
      text('severity', 16),
      text('summary', 200),
      optional(text('runbook', 500)),
      text('state', 16),
      optional(number('value')),
      integer('held_ms'),
      integer('unknown_ms'),
      time('judged_at'),
      time('started_at'),
      optional(time('fired_at')),
      optional(time('resolved_at')),
      optional(text('ending', 16)),
      optional(time('notified_at')),
      optional(time('acknowledged_at')),
      optional(id('acknowledged_by')),
      optional(text('comment', 500)),
    ],
    indices: [
      { name: 'monitoring_alerts_by_state', columnNames: ['state', 'id'] },
      { name: 'monitoring_alerts_by_rule', columnNames: ['rule', 'notified_at'] },
      { name: 'monitoring_alerts_open', columnNames: ['open_rule'], isUnique: true },
    ],
  }),
  new Table({
    name: 'monitoring_alert_silences',
    columns: [
      primary(id('id')),
      optional(text('rule', 64)),
      optional(text('severity', 16)),
      time('starts_at'),
      time('ends_at'),
      text('comment', 500),
      id('created_by'),
    ],
    indices: [{ name: 'monitoring_alert_silences_by_end', columnNames: ['ends_at'] }],
  }),
  new Table({
    name: 'monitoring_alert_channels',
    columns: [
      primary(text('name', 64)),
      text('kind', 16),
      text('target', 300),
      optional(json('access')),
      flag('signed'),
      optional(json('recipients')),
      flag('enabled'),
      optional(time('last_delivered_at')),
      optional(text('last_error', 300)),
      time('updated_at'),
    ],
  }),
  new Table({
    name: 'monitoring_alert_notifications',
    columns: [
      primary(id('id')),
      optional(id('alert_id')),
      text('rule', 64),
      text('channel', 64),
      text('about', 16),
      json('content'),
      text('state', 16),
      integer('attempts'),
      optional(time('next_attempt_at')),
      optional(text('error', 300)),
      time('created_at'),
      optional(time('ended_at')),
    ],
    indices: [
      { name: 'monitoring_alert_notifications_by_state', columnNames: ['state', 'id'] },
      { name: 'monitoring_alert_notifications_by_alert', columnNames: ['alert_id'] },
      { name: 'monitoring_alert_notifications_by_channel', columnNames: ['channel', 'state'] },
    ],
  }),
];

export class CreateAlerts1764300000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await queryRunner.dropTable(table);
  }
}
