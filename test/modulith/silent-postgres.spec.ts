import { Application } from '@aitbc/modulith/testing/application.js';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { Cable } from '../support/cable.js';
import { outcomeOf, until } from './distributed/system.js';
import { AddNote, contracts, CountNotes, OfficeModule, PorterModule } from './errands.js';

const STATEMENT_MS = 1_000;
/** A host that is gone without a word must not hold up anything for longer. */
const WITHIN_MS = 30_000;

describe('a Postgres that falls silent without closing a connection', { timeout: 120_000 }, () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let cable: Cable;
  let app: Application;

  beforeEach(async () => {
    database = await temporaryPostgres();
    cable = await Cable.toUrl(database.url);
    app = await Application.build({
      modules: [OfficeModule, PorterModule],
      contracts,
      databaseUrl: cable.through(database.url),
      postgres: { statementMs: STATEMENT_MS },
    });
    await app.init();
  });
  afterEach(async () => {
    await app?.close();
    await cable?.cut();
    await database?.remove();
  });

  const leads = () => app.hosted('office').leadership.isHeld && app.hosted('porter').leadership.isHeld;
  const add = (id: string) => app.execute<number>(AddNote.of({ id }));

  it('fails what was under way, and comes back with leadership, recurring work and calls when the host does', async () => {
    let runs = 0;
    app.hosted('office').periodic.every('count', { everyMs: 100 }, async () => {
      await app.hosted('office').database.write([`UPDATE office_notes SET times = times + 1 WHERE id = 'swept'`]);
      runs += 1;
    });
    await add('swept');
    await until(() => runs > 0);
    cable.silence();
    const begun = Date.now();
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, at) => outcomeOf(add(`n-${at}`))));
    expect(Date.now() - begun).toBeLessThan(WITHIN_MS);
    for (const code of outcomes) expect(['unavailable', 'outcome_unknown']).toContain(code);
    await until(() => !leads());
    cable.speak();
    const back = Date.now();
    const before = runs;
    await until(() => leads() && runs > before);
    expect(await app.ask(CountNotes.of({ id: 'swept' }))).toBeGreaterThan(0);
    expect(await add('after')).toBe(1);
    expect(Date.now() - back).toBeLessThan(WITHIN_MS);
  });

  it('does not keep the process from ending', async () => {
    await add('before');
    cable.silence();
    void outcomeOf(add('under way'));
    const begun = Date.now();
    await app.close();
    expect(Date.now() - begun).toBeLessThan(WITHIN_MS);
  });

  it('loses no long statement that the server lets run, nor connections while this process stands still', async () => {
    await add('before');
    const { database: office } = app.hosted('office');
    // Slower than the limit of silence would allow in one go, and never silent for so long.
    const slow = await office.read<{ n: number }>(`SELECT 1 AS n FROM generate_series(1, 4) AS s, pg_sleep(s * 0.05)`);
    expect(slow).toHaveLength(4);
    const answer = add('while it stands still');
    const stillUntil = Date.now() + STATEMENT_MS * 5;
    while (Date.now() < stillUntil);
    expect(await answer).toBe(1);
  });

  it('ends a statement at the limit, as an outage', async () => {
    const { database: office } = app.hosted('office');
    await expect(office.read('SELECT pg_sleep(30)')).rejects.toThrow(/statement timeout/);
    expect(await add('after')).toBe(1);
  });
});
