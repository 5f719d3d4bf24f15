import { Module } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler, QueryBus } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import {
  afterCommit,
  Command,
  DeadlineExceeded,
  defineContract,
  InternalError,
  ModuleUnavailable,
  ModulithModule,
  OutcomeUnknown,
  Overloaded,
  runInRequest,
} from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import {
  AddNote,
  contracts,
  CountNotes,
  Dawdle,
  ErrandRun,
  Errands,
  gate,
  OfficeModule,
  PorterModule,
  RunErrand,
  RunTwice,
} from './errands.js';

describeEachDatabase('what the caller can tell', (url) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({ modules: [OfficeModule, PorterModule], contracts, databaseUrl: url() });
  });
  beforeEach(() => Errands.reset());
  afterAll(() => app?.close());

  const notes = (id: string) => app.ask<number>(CountNotes.of({ id }));
  const within = <T>(deadlineMs: number, command: object, idSeed?: string) =>
    runInRequest({ deadlineMs, idSeed }, () => app.get(CommandBus).execute<object, T>(command));

  it('when an effect of its commit fails, a command is done all the same, and so are the other effects', async () => {
    const effects: string[] = [];
    Errands.afterWriting = (id) => {
      afterCommit(() => {
        throw new Error('no such label');
      });
      afterCommit(() => effects.push(id));
    };
    await app.execute(RunErrand.of({ id: 'counted' }));
    expect([await notes('counted'), effects]).toEqual([1, ['counted']]);
  });

  it('when the deadline passes first, that the outcome is unknown; what was not committed by then is undone', async () => {
    const late = gate();
    Errands.beforeWriting = () => late.passed;
    const answer = within(500, RunErrand.of({ id: 'late' }), 'late');
    await expect(answer).rejects.toThrow(OutcomeUnknown);
    await expect(answer).rejects.toMatchObject({ details: { message: 'office.RunErrand' } });
    const wrote = gate();
    Errands.afterWriting = () => wrote.open();
    late.open();
    await wrote.passed;
    await soon();
    expect(await notes('late')).toBe(0);
    expect(app.published(ErrandRun).filter(({ id }) => id === 'late')).toEqual([]);
  });

  it('when the outcome was unknown, that sending it again under the same id is safe', async () => {
    const late = gate();
    Errands.afterWriting = () => late.passed;
    await expect(within(500, RunErrand.of({ id: 'again' }), 'again')).rejects.toThrow(OutcomeUnknown);
    Errands.afterWriting = () => undefined;
    late.open();
    await within(10_000, RunErrand.of({ id: 'again' }), 'again');
    await within(10_000, RunErrand.of({ id: 'again' }), 'again');
    expect(await notes('again')).toBe(1);
    const ids = Errands.by('RunErrand').map((each) => each.id);
    expect(new Set(ids).size).toBe(1);
  });

  it('when a question is answered too late, that its deadline passed', async () => {
    const late = gate();
    Errands.beforeWriting = () => late.passed;
    const answer = runInRequest({ deadlineMs: 50 }, () => app.get(QueryBus).execute(Dawdle.of({ id: 'q' })));
    await expect(answer).rejects.toThrow(DeadlineExceeded);
    late.open();
  });

  it('when the deadline has passed before a command is sent, that it was not executed', async () => {
    await expect(within(0, AddNote.of({ id: 'too late' }))).rejects.toThrow(DeadlineExceeded);
    expect(Errands.by('AddNote')).toEqual([]);
  });

  it('when a handler writes and its deadline passes before the commit, leaves nothing', async () => {
    Errands.afterWriting = () => new Promise((resolve) => setTimeout(resolve, 600));
    await expect(within(500, RunErrand.of({ id: 'overrun' }))).rejects.toThrow(OutcomeUnknown);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await notes('overrun')).toBe(0);
  });

  it('when a command with commands of its own is sent again after a failure, repeats none of them', async () => {
    Errands.beforeWriting = () => {
      throw new Error('not yet');
    };
    await expect(app.execute(RunTwice.of({ id: 'n' }), { idSeed: 'nested' })).rejects.toThrow(InternalError);
    Errands.beforeWriting = () => undefined;
    await app.execute(RunTwice.of({ id: 'n' }), { idSeed: 'nested' });
    expect(await Promise.all(['n', 'n-first', 'n-second'].map(notes))).toEqual([1, 1, 1]);
    // The handler ran twice, those of the nested commands once each.
    expect(Errands.by('RunTwice')).toHaveLength(2);
    expect(Errands.by('AddNote').map((each) => each.about)).toEqual(['n-first', 'n-second']);
  });

  it('when an event comes again, the command that its handler sends does nothing new', async () => {
    let failures = 1;
    Errands.atThePorter = () => {
      if (failures-- > 0) throw new Error('tripped');
    };
    const event = ErrandRun.of({ id: 'trip' });
    await app.publish(event, '01900000-0000-7000-8000-000000000001');
    await app.publish(event, '01900000-0000-7000-8000-000000000001');
    expect(Errands.by('ReportBack')).toHaveLength(2);
    expect(await notes('report-trip')).toBe(1);
    expect(Errands.by('AddNote')).toHaveLength(1);
  });

  it('when an event comes again and its handler finds in a cache what it had to ask, it sends nothing new', async () => {
    let isCached = false;
    Errands.beforeSending = async () => {
      if (!isCached) await app.get(QueryBus).execute(CountNotes.of({ id: 'anything' }));
      isCached = true;
    };
    Errands.atThePorter = () => {
      if (Errands.by('ReportBack').length === 1) throw new Error('tripped');
    };
    const event = ErrandRun.of({ id: 'cached' });
    await app.publish(event, '01900000-0000-7000-8000-000000000002');
    await app.publish(event, '01900000-0000-7000-8000-000000000002');
    expect(Errands.by('ReportBack')).toHaveLength(2);
    expect(await notes('report-cached')).toBe(1);
  });

  it('when a handler runs again after a conflict and asks something else, it is not answered with what it asked before', async () => {
    await app.execute(AddNote.of({ id: 'known' }));
    const answers: number[] = [];
    Errands.beforeSending = async () => {
      const ask = (id: string) => app.get(QueryBus).execute<CountNotes, number>(CountNotes.of({ id }));
      if (answers.length === 0) await ask('known');
      answers.push(await ask('unknown'));
    };
    Errands.beforeWriting = () => {
      if (answers.length === 1) throw new Error('SQLITE_BUSY: as if another writer had been faster');
    };
    await app.execute(RunTwice.of({ id: 'asks' }));
    expect(answers).toEqual([0, 0]);
    expect(await Promise.all(['asks', 'asks-first', 'asks-second'].map(notes))).toEqual([1, 1, 1]);
  });
});

const soon = () => new Promise((resolve) => setTimeout(resolve, 50));

class Wait extends Command<void> {}
const queueContract = defineContract('queue', { commands: [Wait] });
let waiting = gate();

@CommandHandler(Wait)
class WaitHandler implements ICommandHandler<Wait> {
  static begun = 0;
  async execute(): Promise<void> {
    WaitHandler.begun += 1;
    await waiting.passed;
  }
}
@Module({ imports: [ModulithModule.forModule(queueContract)], providers: [WaitHandler] })
class QueueModule {}

describe('a module', () => {
  it('when it has as much work as it may, refuses more before executing it, and takes more once some is done', async () => {
    // From elsewhere more of it waits in Redis; there the bound is the caller's, see distributed/limits.spec.ts.
    const app = await Scenario.start({ modules: [QueueModule], contracts: [queueContract], placement: 'monolith' });
    try {
      const all = Array.from({ length: 512 }, () => app.execute(new Wait()));
      await expect(app.execute(new Wait())).rejects.toThrow(Overloaded);
      expect(WaitHandler.begun).toBe(512);
      waiting.open();
      await Promise.all(all);
      await app.execute(new Wait());
      expect(WaitHandler.begun).toBe(513);
    } finally {
      waiting = gate();
      await app.close();
    }
  });

  it('when no process hosts it, is unavailable at once', async () => {
    const testing = await Test.createTestingModule({
      imports: [
        ModulithModule.forRoot({
          contracts: [queueContract],
          hosted: [],
          databaseUrl: () => 'sqlite:./unused',
          secret: 'secret',
          parity: 'strict',
        }),
      ],
    }).compile();
    await testing.init();
    try {
      const sent = testing.get(CommandBus).execute(new Wait());
      await expect(sent).rejects.toThrow(ModuleUnavailable);
      await expect(sent).rejects.toMatchObject({ kind: 'unavailable', details: { module: 'queue' } });
    } finally {
      await testing.close();
    }
  });
});
