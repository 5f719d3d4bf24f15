import { type MigrationInterface, type QueryRunner, Table, type TableColumnOptions } from 'typeorm';

const text = (name: string, length: number, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...more,
});
const time = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...more,
});
const key = { isPrimary: true };
const nullable = { isNullable: true };

const TABLES = [
  new Table({
    name: 'gateway_users',
    columns: [
      text('id', 36, key),
      text('email', 254),
      text('password_hash', 200),
      { name: 'roles', type: 'text' },
      time('created_at'),
    ],
    uniques: [{ name: 'gateway_users_email', columnNames: ['email'] }],
  }),
  new Table({
    name: 'gateway_refresh_tokens',
    columns: [
      text('token_hash', 64, key),
      text('family_id', 36),
      text('user_id', 36),
      time('expires_at'),
      time('replaced_at', nullable),
      time('revoked_at', nullable),
    ],
    indices: [
      { name: 'gateway_refresh_tokens_family', columnNames: ['family_id'] },
      { name: 'gateway_refresh_tokens_user', columnNames: ['user_id'] },
      { name: 'gateway_refresh_tokens_expires_at', columnNames: ['expires_at'] },
    ],
  }),
  new Table({
    name: 'gateway_login_attempts',
    columns: [text('email_hash', 64, key), { name: 'attempts', type: 'integer' }, time('last_at')],
    indices: [{ name: 'gateway_login_attempts_last_at', columnNames: ['last_at'] }],
  }),
  new Table({
    name: 'gateway_api_keys',
    columns: [
      text('key_hash', 64, key),
      text('subject', 36),
      text('owner_id', 36),
      text('name', 100),
      { name: 'scopes', type: 'text' },
      time('created_at'),
      time('expires_at'),
      time('revoked_at', nullable),
    ],
    indices: [{ name: 'gateway_api_keys_subject', columnNames: ['subject'] }],
  }),
  new Table({
    name: 'gateway_idempotency_keys',
    columns: [
      text('caller', 100, key),
      text('operation', 500, key),
      text('key', 255, key),
      text('body_mac', 64),
      time('created_at'),
    ],
    indices: [{ name: 'gateway_idempotency_keys_created_at', columnNames: ['created_at'] }],
  }),
];

export class CreateGateway1764000000000 implements MigrationInterface {
  name = 'CreateGateway1764000000000';

  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(table);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await queryRunner.dropTable(table);
  }
}
