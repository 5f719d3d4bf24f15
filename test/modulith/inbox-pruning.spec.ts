import { HOUR_MS, type InboxAge } from '@aitbc/modulith/outbox/inbox-age.js';
import { InboxPruning } from '@aitbc/modulith/outbox/inbox-pruning.js';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { contracts, OfficeModule } from './errands.js';

const DAY_MS = 24 * HOUR_MS;

describeEachDatabase('an inbox', (url) => {
  let app: Scenario;

  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: url() });
  });
  afterAll(() => app?.close());

  /** Rows by the time, in days from now, at which some clock said that they were handled. */
  const handled = (days: Readonly<Record<string, number>>, now: number) =>
    app
      .hosted('office')
      .database.write([
        'DELETE FROM office_inbox',
        ...Object.entries(days).map(
          ([id, day]) =>
            `INSERT INTO office_inbox (message_id, handler, handled_at) VALUES ('${id}', 'h', ${Math.round(now + day * DAY_MS)})`,
        ),
      ]);
  const runFor = (days: number, now: number) => {
    const marks = Array.from({ length: Math.min(days, 15) }, (_, at) => now - (Math.min(days, 15) - at) * DAY_MS);
    const age = JSON.stringify({ hours: days * 24, days: marks } satisfies InboxAge);
    return app
      .hosted('office')
      .database.write([
        "DELETE FROM office_settings WHERE name = 'inbox_age'",
        `INSERT INTO office_settings (name, value) VALUES ('inbox_age', '${age}')`,
      ]);
  };
  const endHour = async () => {
    const { database, periodic } = app.hosted('office');
    await new InboxPruning(database, periodic).endHour();
    const rows = await database.read<{ message_id: string }>('SELECT message_id FROM office_inbox ORDER BY message_id');
    return rows.map((row) => row.message_id);
  };

  it('after fourteen days of running forgets what is older, and a clock weeks ahead makes nothing older', async () => {
    const now = Date.now();
    await runFor(30, now);
    await handled({ ahead: 28, 'handled-today': 0, 'handled-last-week': -7, old: -17, older: -60 }, now);
    expect(await endHour()).toEqual(['ahead', 'handled-last-week', 'handled-today']);
    expect(await endHour()).toEqual(['ahead', 'handled-last-week', 'handled-today']);
  });

  it('before, forgets nothing, whatever its rows say', async () => {
    const now = Date.now();
    await runFor(10, now);
    await handled({ ahead: 28, 'handled-today': 0, old: -60 }, now);
    expect(await endHour()).toEqual(['ahead', 'handled-today', 'old']);
  });
});
