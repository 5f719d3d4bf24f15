import { statSync } from 'node:fs';
import { getRepositoryToken } from '@nestjs/typeorm';
import { UnitOfWork } from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { temporarySqlite } from '@aitbc/modulith/testing/temporary-databases.js';
import sqlite3 from 'sqlite3';
import type { Repository } from 'typeorm';
import { AddNote, contracts, CountNotes, ErrandRun, Errands, gate, Note, OfficeModule, RunErrand } from './errands.js';

/* What TypeORM's sqlite driver does wrong by default: one connection for all, so that transactions nest in one another. */
describe('on SQLite', () => {
  const temporary = temporarySqlite();
  let app: Scenario;
  let notes: Repository<Note>;
  let unitOfWork: UnitOfWork;

  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule], contracts, databaseUrl: temporary.url });
    notes = app.get<Repository<Note>>(getRepositoryToken(Note, 'office') as string);
    unitOfWork = app.get(UnitOfWork);
  });
  beforeEach(() => Errands.reset());
  afterAll(async () => {
    await app?.close();
    temporary.remove();
  });

  const timesOf = (id: string) => app.ask<number>(CountNotes.of({ id }));

  /** Another process, as far as SQLite can tell. */
  async function elsewhere(statement: string): Promise<void> {
    const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
      const database: sqlite3.Database = new sqlite3.Database(temporary.url.slice('sqlite:'.length), (error) =>
        error ? reject(error) : resolve(database),
      );
    });
    const run = (sql: string) =>
      new Promise<void>((resolve, reject) => connection.exec(sql, (error) => (error ? reject(error) : resolve())));
    await run(`PRAGMA busy_timeout = 5000; ${statement}`);
    await new Promise<void>((resolve) => connection.close(() => resolve()));
  }

  it('keeps its files for the user that the process runs as', async () => {
    await unitOfWork.run(() => notes.insert({ id: 'private', times: 1 }));
    const path = temporary.url.slice('sqlite:'.length);
    for (const each of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(each).mode & 0o777, each).toBe(0o600);
  });

  it('finds, changes and deletes nothing by a condition whose value is missing', async () => {
    await unitOfWork.run(() => notes.insert({ id: 'kept', times: 1 }));
    const missing = { id: undefined as unknown as string };
    const none = { id: null as unknown as string };
    for (const where of [missing, none]) {
      await expect(notes.findBy(where)).rejects.toThrow();
      await expect(notes.existsBy(where)).rejects.toThrow();
      await expect(unitOfWork.run(() => notes.update(where, { times: 7 }))).rejects.toThrow();
      await expect(unitOfWork.run(() => notes.delete(where))).rejects.toThrow();
    }
    expect(await timesOf('kept')).toBe(1);
  });

  it('when two units of work run at once, the rollback of one takes nothing of the other with it', async () => {
    const [writing, goOn] = [gate(), gate()];
    const first = unitOfWork.run(async () => {
      await notes.insert({ id: 'first', times: 1 });
      writing.open();
      await goOn.passed;
      throw new Error('undone');
    });
    await writing.passed;
    let secondIsDone = false;
    const second = unitOfWork.run(() => notes.insert({ id: 'second', times: 1 })).then(() => (secondIsDone = true));
    await new Promise((resolve) => setTimeout(resolve, 30));
    // Not inside the first: it waits its turn.
    expect(secondIsDone).toBe(false);
    goOn.open();
    await expect(first).rejects.toThrow('undone');
    await second;
    expect([await timesOf('first'), await timesOf('second')]).toEqual([0, 1]);
  });

  it('when many units of work run at once and half of them fail, exactly the others leave rows', async () => {
    Errands.afterWriting = (id) => {
      if (id.startsWith('bad')) throw new Error('undone');
    };
    const ids = Array.from({ length: 40 }, (_, at) => `${at % 2 ? 'bad' : 'good'}-${at}`);
    await Promise.allSettled(ids.map((id) => app.execute(RunErrand.of({ id }))));
    expect(await Promise.all(ids.map(timesOf))).toEqual(ids.map((id) => (id.startsWith('good') ? 1 : 0)));
    expect(app.published(ErrandRun)).toHaveLength(20);
  });

  it('when a unit of work is open, readers do not wait for it and see nothing of it', async () => {
    const [writing, goOn] = [gate(), gate()];
    const open = unitOfWork.run(async () => {
      await notes.insert({ id: 'hidden', times: 1 });
      writing.open();
      await goOn.passed;
    });
    await writing.passed;
    expect(await timesOf('hidden')).toBe(0);
    goOn.open();
    await open;
    expect(await timesOf('hidden')).toBe(1);
  });

  it('when another process wrote after the unit of work was sent for, writes all the same', async () => {
    Errands.beforeWriting = () => elsewhere("INSERT INTO office_notes (id, times) VALUES ('elsewhere', 1)");
    expect(await timesOf('elsewhere')).toBe(0);
    await app.execute(RunErrand.of({ id: 'here' }));
    expect([await timesOf('elsewhere'), await timesOf('here')]).toEqual([1, 1]);
  });

  it('when another process wants to write in the middle of a unit of work that read first, it waits its turn', async () => {
    await app.execute(AddNote.of({ id: 'contended' }));
    let other: Promise<void> | undefined;
    await unitOfWork.run(async () => {
      const note = await notes.findOneByOrFail({ id: 'contended' });
      other = elsewhere("UPDATE office_notes SET times = times + 10 WHERE id = 'contended'");
      await new Promise((resolve) => setTimeout(resolve, 50));
      note.times += 1;
      await notes.save(note);
    });
    await other;
    expect(await timesOf('contended')).toBe(12);
  });

  it('when a handler fails while a statement of its own is under way, nothing of it is kept and the next one works', async () => {
    for (let turn = 0; turn < 20; turn++) {
      const work = unitOfWork.run(() =>
        Promise.all([
          notes.insert({ id: `under way ${turn}`, times: 1 }),
          notes.save([{ id: `saved ${turn}`, times: 1 }]),
          turn % 2
            ? Promise.reject(new Error('at once'))
            : new Promise((_, fail) => setTimeout(() => fail(new Error('at once')), 1)),
        ]),
      );
      await expect(work).rejects.toThrow('at once');
    }
    await app.execute(AddNote.of({ id: 'next' }));
    expect(await timesOf('next')).toBe(1);
    expect(await notes.countBy({ times: 1, id: 'under way 1' })).toBe(0);
    expect((await notes.find()).filter(({ id }) => /^(under way|saved)/.test(id))).toEqual([]);
  });

  it('when a repository is used after its unit of work, refuses', async () => {
    const [ended, tried] = [gate(), gate()];
    let refused: unknown;
    await unitOfWork.run(async () => {
      await notes.insert({ id: 'early', times: 1 });
      void ended.passed
        .then(() => notes.insert({ id: 'late', times: 1 }))
        .catch((error: unknown) => (refused = error))
        .finally(() => tried.open());
    });
    ended.open();
    await tried.passed;
    expect(refused).toMatchObject({ code: 'unit_of_work_closed' });
    expect([await timesOf('early'), await timesOf('late')]).toEqual([1, 0]);
  });
});
