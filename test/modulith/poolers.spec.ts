import { Application } from '@aitbc/modulith/testing/application.js';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import pg from 'pg';
import { findPgBouncer, type PgBouncer, startPgBouncer } from '../support/pgbouncer.js';
import { AddNote, contracts, OfficeModule } from './errands.js';

const program = await findPgBouncer();
if (!program) process.stderr.write('PgBouncer is not installed: the tests behind a pooler are left out.\n');

const start = async (databaseUrl: string) =>
  (await Application.build({ modules: [OfficeModule], contracts, databaseUrl })).init();

describe('the sessions of a module on Postgres', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let bouncer: PgBouncer | undefined;
  let app: Application | undefined;

  beforeEach(async () => (database = await temporaryPostgres()));
  afterEach(async () => {
    await app?.close();
    app = undefined;
    await bouncer?.stop();
    bouncer = undefined;
    await database?.remove();
  });

  const settingOf = async (name: string) =>
    (await app!.hosted('office').database.read<{ value: string }>(`SELECT current_setting('${name}') AS value`))[0]!
      .value;

  /** Counts with many at once, which loses updates where the transactions are not SERIALIZABLE. */
  async function countTo(total: number): Promise<void> {
    await Promise.all(Array.from({ length: total }, () => app!.execute(AddNote.of({ id: 'counted' }))));
    expect(await app!.execute<number>(AddNote.of({ id: 'counted' }))).toBe(total + 1);
  }

  it('keep what the operator has set in the URL', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c statement_timeout=7000 -c work_mem=5MB');
    url.searchParams.set('application_name', 'an operator');
    app = await start(url.toString());
    expect([await settingOf('statement_timeout'), await settingOf('work_mem')]).toEqual(['7s', '5MB']);
    expect([await settingOf('application_name'), await settingOf('search_path')]).toEqual(['an operator', 'office']);
    await countTo(10);
  });

  it('say the isolation themselves, whatever the default of a session is', async () => {
    app = await start(database.url);
    const { dataSource } = app.hosted('office').database;
    const unit = dataSource!.openUnit();
    await unit.runner.query('SELECT 1');
    const [row] = (await unit.runner.query(`SELECT current_setting('transaction_isolation') AS level`)) as [object];
    await unit.rollback();
    expect(row).toEqual({ level: 'serializable' });
  });

  it.skipIf(!program)('work behind PgBouncer in session mode', async () => {
    bouncer = await startPgBouncer(program!, 'session', database.url);
    app = await start(bouncer.through(database.url));
    await countTo(40);
    const operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    const { rows } = await operator.query<{ times: number }>('SELECT times FROM office.office_notes');
    await operator.end();
    expect(rows).toEqual([{ times: 41 }]);
  });

  it.skipIf(!program).each(['transaction', 'statement'])('are refused behind PgBouncer in %s mode', async (mode) => {
    bouncer = await startPgBouncer(program!, mode, database.url);
    await expect(start(bouncer.through(database.url))).rejects.toThrow(/session mode/);
  });
});
