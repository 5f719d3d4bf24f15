import { UnitOfWork } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { temporaryPostgres } from '@aitbc/modulith/testing/temporary-databases.js';
import { getRepositoryToken } from '@nestjs/typeorm';
import pg from 'pg';
import type { Repository } from 'typeorm';
import { outcomeOf } from './distributed/system.js';
import { contracts, Errands, Note, OfficeModule, RunErrand } from './errands.js';

describe('a unit of work that keeps meeting changes of others', () => {
  let database: Awaited<ReturnType<typeof temporaryPostgres>>;
  let app: Scenario;
  let notes: Repository<Note>;
  let others: pg.Client;

  beforeAll(async () => {
    database = await temporaryPostgres();
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: database.url });
    notes = app.get<Repository<Note>>(getRepositoryToken(Note, 'office') as string);
    others = new pg.Client({ connectionString: database.url, options: '-c search_path=office' });
    await others.connect();
  });
  afterEach(() => Errands.reset());
  afterAll(async () => {
    await others?.end();
    await app?.close();
    await database?.remove();
  });

  const changeBehindItsBack = () => others.query(`UPDATE office_notes SET times = times + 1 WHERE id = 'contended'`);

  it('is repeated until it is done, however often that takes', async () => {
    await app.get(UnitOfWork).run(() => notes.insert({ id: 'contended', times: 0 }));
    let tries = 0;
    await app.get(UnitOfWork).run(async () => {
      const note = (await notes.findOneBy({ id: 'contended' }))!;
      if (++tries <= 30) await changeBehindItsBack();
      note.times += 100;
      await notes.save(note);
    });
    expect(tries).toBe(31);
    expect(await notes.findOneBy({ id: 'contended' })).toMatchObject({ times: 130 });
  });

  it('is told to its caller as "too late, try again", never as a conflict of theirs', async () => {
    Errands.afterWriting = async () => {
      const note = (await notes.findOneBy({ id: 'contended' }))!;
      await changeBehindItsBack();
      note.times += 1;
      await notes.save(note);
    };
    expect(await outcomeOf(app.execute(RunErrand.of({ id: 'late' }), { deadlineMs: 1_500 }))).toBe('deadline_exceeded');
    expect(await notes.findOneBy({ id: 'late' })).toBeNull();
  });
});
