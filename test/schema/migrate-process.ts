import { once } from 'node:events';
import type { DatabaseDefinition } from '@aitbc/modulith';
import { migrateModule } from './module-database.js';

/* Brings the tables of several modules up to date, one after the other as a start does, when it is told to. */
const [url, ...modules] = process.argv.slice(2);
const databases: DatabaseDefinition[] = [];
for (const module of modules) {
  const exports = (await import(`../../src/${module}/database.js`)) as Record<string, DatabaseDefinition>;
  databases.push(exports[`${module}Database`]!);
}
process.stdout.write('ready\n');
await once(process.stdin, 'data');
for (const database of databases) await migrateModule(database, url!);
process.exit();
