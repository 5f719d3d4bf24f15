import { type ModuleName, MODULES } from '@aitbc/platform';
import type { Databases } from '../support/databases.js';

export interface PublishedEvent {
  readonly name: string;
  readonly key: string;
  readonly payload: string;
}

/**
 * Has the databases keep a copy of every event that is put into an outbox from now on, which forgets what all have
 * confirmed. The application does not know of it.
 */
export async function recordEvents(database: Databases): Promise<void> {
  for (const module of MODULES) {
    if (!(await database.tablesOf(module)).includes(`${module}_outbox`)) continue;
    for (const statement of database.kind === 'sqlite' ? inSqlite(module) : inPostgres(module)) {
      await database.change(statement);
    }
  }
}

function inSqlite(module: ModuleName): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${module}_published (seq INTEGER PRIMARY KEY, message_id, name, key, payload)`,
    `CREATE TRIGGER ${module}_publish AFTER INSERT ON ${module}_outbox BEGIN ${copyOf(module)}; END`,
  ];
}

function inPostgres(module: ModuleName): string[] {
  const columns = 'seq bigserial, message_id text, name text, key text, payload text';
  const body = `BEGIN ${copyOf(module)}; RETURN NEW; END`;
  return [
    `CREATE TABLE IF NOT EXISTS ${module}_published (${columns})`,
    `CREATE FUNCTION ${module}_publish() RETURNS trigger LANGUAGE plpgsql AS $$ ${body} $$`,
    `CREATE TRIGGER ${module}_publish AFTER INSERT ON ${module}_outbox FOR EACH ROW EXECUTE FUNCTION ${module}_publish()`,
  ];
}

const copyOf = (module: ModuleName) =>
  `INSERT INTO ${module}_published (message_id, name, key, payload) VALUES (NEW.message_id, NEW.name, NEW.key, NEW.payload)`;

/** What a module has published since, in its order, each event once whoever subscribes to it. */
export async function publishedBy(database: Databases, module: ModuleName): Promise<PublishedEvent[]> {
  if (!(await database.tablesOf(module)).includes(`${module}_published`)) return [];
  type Row = PublishedEvent & { message_id: string };
  const rows = await database.rows<Row>(`SELECT message_id, name, key, payload FROM ${module}_published ORDER BY seq`);
  const once = new Map<string, PublishedEvent>();
  for (const { message_id, ...event } of rows) if (!once.has(message_id)) once.set(message_id, event);
  return [...once.values()];
}
