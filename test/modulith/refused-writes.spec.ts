import { randomUUID } from 'node:crypto';
import { Distribution } from '@aitbc/modulith';
import { Application } from '@aitbc/modulith/testing/application.js';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import pg from 'pg';
import { Readiness } from '../../libs/platform/src/probes/readiness.js';
import { outcomeOf, until } from './distributed/system.js';
import { AddNote, contracts, CountNotes, OfficeModule } from './errands.js';

describe('a Postgres that is there and takes no writes', { timeout: 60_000 }, () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let operator: pg.Client;
  let app: Application;

  beforeEach(async () => {
    database = await temporaryPostgres();
    operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    app = await start(database.url);
  });
  afterEach(async () => {
    await app?.close();
    await operator?.end();
    await database?.remove();
  });

  async function start(databaseUrl: string): Promise<Application> {
    return (await Application.build({ modules: [OfficeModule], contracts, databaseUrl })).init();
  }
  const readiness = () =>
    new Readiness(app.runtime, app.get(Distribution), { shutdownDelayMs: 0 } as ConstructorParameters<
      typeof Readiness
    >[2]);
  const status = async () => (await readiness().report()).status;
  const detail = async () => (await readiness().report()).checks.find(({ name }) => name === 'office.database')?.detail;
  let notes = 0;
  const add = () => outcomeOf(app.execute(AddNote.of({ id: `note-${notes++}` })));
  const cutOthers = () =>
    operator.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
  const readOnly = async (state: 'on' | 'off') => {
    const name = new URL(database.url).pathname.slice(1);
    await operator.query(`ALTER DATABASE ${name} SET default_transaction_read_only = ${state}`);
    await cutOthers();
  };

  it('as a standby: writes are unavailable, reads go on, it is not ready, and all ends by itself', async () => {
    expect([await add(), await status()]).toEqual(['ok', 'ready']);
    await readOnly('on');
    await until(async () => (await outcomeOf(app.ask(CountNotes.of({ id: 'note-0' })))) === 'ok');
    expect(await add()).toBe('unavailable');
    expect([await status(), await detail()]).toEqual([
      'not_ready',
      expect.stringMatching(/takes no writes.*read-only/),
    ]);
    await readOnly('off');
    await until(async () => (await add()) === 'ok');
    await until(async () => (await status()) === 'ready');
  });

  it('as a full disk: what is refused is unavailable, and counts though a small write would fit', async () => {
    await operator.query(`
      CREATE FUNCTION office.full() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$;
      CREATE TRIGGER full_disk BEFORE INSERT ON office.office_notes FOR EACH ROW EXECUTE FUNCTION office.full()`);
    expect(await add()).toBe('unavailable');
    expect([await status(), await detail()]).toEqual(['not_ready', expect.stringMatching(/No space left/)]);
    await operator.query('DROP TRIGGER full_disk ON office.office_notes');
    expect(await add()).toBe('ok');
    await until(async () => (await status()) === 'ready');
  });

  it('as too many clients: unavailable until there is room again', async () => {
    await app.close();
    const role = `few_${randomUUID().slice(0, 8)}`;
    const url = new URL(database.url);
    await operator.query(`CREATE ROLE ${role} LOGIN PASSWORD 'few' CONNECTION LIMIT 30`);
    await operator.query(`GRANT ALL ON DATABASE ${url.pathname.slice(1)} TO ${role}`);
    url.username = role;
    url.password = 'few';
    await operator.query('DROP SCHEMA office CASCADE');
    app = await start(url.toString());
    expect(await add()).toBe('ok');
    await operator.query(`ALTER ROLE ${role} CONNECTION LIMIT 0`);
    await cutOthers();
    await until(async () => (await add()) === 'unavailable');
    expect(await status()).toBe('not_ready');
    await operator.query(`ALTER ROLE ${role} CONNECTION LIMIT 30`);
    await until(async () => (await add()) === 'ok');
    await until(async () => (await status()) === 'ready');
    await app.close();
    await operator.query(`DROP OWNED BY ${role}`);
    await operator.query(`DROP ROLE ${role}`);
  });
});
