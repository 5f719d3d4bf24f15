import { Module } from '@nestjs/common';
import {
  CommandHandler,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  type IQueryHandler,
  QueryBus,
  QueryHandler,
} from '@nestjs/cqrs';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, QueryRunnerAlreadyReleasedError } from 'typeorm';
import {
  Command,
  LocalDeadLetters,
  defineContract,
  defineDatabase,
  durable,
  Event,
  Key,
  ModuleUnavailable,
  ModulithModule,
  Query,
  Unavailable,
} from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { WritesRefused } from '../../libs/modulith/src/unit-of-work/unit.js';
import { isPassingFailure } from '../../libs/modulith/src/unit-of-work/passing-failure.js';

/* A clinic that needs a laboratory, which is away for longer than the retries of a mistake would last. */

class SampleTaken extends Event {
  @Key() id: string;
}

@EventsHandler(SampleTaken)
class Analyse implements IEventHandler<SampleTaken> {
  static outages = 0;
  /** Whether samples of rare things cannot be analysed. */
  static lacksReagent = false;
  static mistakes = 0;
  static readonly analysed: string[] = [];

  handle({ id }: SampleTaken): void {
    if (id.startsWith('rare') && Analyse.lacksReagent) throw new Unavailable('laboratory');
    if (Analyse.mistakes-- > 0) throw new TypeError('a slip');
    if (Analyse.outages-- > 0) throw new ModuleUnavailable('laboratory');
    Analyse.analysed.push(id);
  }
}

class AskLaboratory extends Command<void> {}
class IsOpen extends Query<boolean> {}
class WriteWhileAsking extends Command<void> {}

@CommandHandler(AskLaboratory)
class AskLaboratoryHandler implements ICommandHandler<AskLaboratory> {
  async execute(): Promise<void> {
    throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
  }
}

@QueryHandler(IsOpen)
class IsOpenHandler implements IQueryHandler<IsOpen> {
  async execute(): Promise<boolean> {
    return true;
  }
}

@CommandHandler(WriteWhileAsking)
class WriteWhileAskingHandler implements ICommandHandler<WriteWhileAsking> {
  static failure: unknown;

  constructor(
    private readonly queries: QueryBus,
    @InjectDataSource('clinic') private readonly dataSource: DataSource,
  ) {}

  async execute(): Promise<void> {
    const answer = this.queries.execute(IsOpen.of({}));
    WriteWhileAskingHandler.failure = await this.dataSource.query('SELECT 1').catch((error: unknown) => error);
    await answer;
  }
}

const ward = defineContract('ward', { events: [SampleTaken] });
const clinic = defineContract('clinic', {
  commands: [AskLaboratory, WriteWhileAsking],
  queries: [IsOpen],
  subscribes: [durable('Analyse', SampleTaken)],
});

@Module({
  imports: [ModulithModule.forModule(clinic, defineDatabase({ module: 'clinic', entities: [], migrations: [] }))],
  providers: [Analyse, AskLaboratoryHandler, IsOpenHandler, WriteWhileAskingHandler],
})
class ClinicModule {}

describeEachDatabase('an event whose handler needs what is away', (url) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({ modules: [ClinicModule], contracts: [ward, clinic], databaseUrl: url() });
  });
  afterAll(() => app?.close());

  it('waits as long as it takes, and is no dead letter', async () => {
    Analyse.outages = 12;
    await Promise.all([app.publish(SampleTaken.of({ id: 'a' })), app.publish(SampleTaken.of({ id: 'b' }))]);
    expect(Analyse.analysed.splice(0).toSorted()).toEqual(['a', 'b']);
    expect(await app.get(LocalDeadLetters).count('clinic')).toBe(0);
  });

  it('and a command that meets an outage tells its caller to try again, and nothing of the inside', async () => {
    const error: Error = await app.execute<Error>(AskLaboratory.of({})).catch((caught: Error) => caught);
    expect(error).toMatchObject({ code: 'unavailable', kind: 'unavailable', details: { module: 'clinic' } });
    expect(error.message).not.toContain('10.0.0.1');
  });

  it('and a handler that uses its database before a question is answered is refused', async () => {
    await app.execute(WriteWhileAsking.of({}));
    expect(WriteWhileAskingHandler.failure).toMatchObject({ code: 'unit_of_work_open' });
  });

  it('of a name that nobody here knows stays undelivered instead of confirmed', async () => {
    const publication = {
      messageId: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072',
      name: 'ward.FromANewerRelease',
      key: 'a',
      payload: '{}',
      metadata: { version: 1, correlationId: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072' },
      publishedAt: new Date(),
    };
    await expect(app.accept('clinic', publication)).rejects.toMatchObject({
      code: 'unsupported_version',
    });
  });
});

describeEachDatabase('events whose handlers lack something for long', (url) => {
  /** More than a module takes from others at once. */
  const MANY = 300;
  let app: Scenario;
  beforeAll(async () => {
    const retry = { attempts: 3, firstDelayMs: 5, maxDelayMs: 20, patienceMs: 200, delayMs: 100 };
    app = await Scenario.start({ modules: [ClinicModule], contracts: [ward, clinic], databaseUrl: url(), retry });
  });
  afterAll(() => app?.close());
  afterEach(() => {
    Analyse.lacksReagent = false;
    Analyse.mistakes = 0;
    Analyse.analysed.length = 0;
  });

  const letters = () => app.get(LocalDeadLetters);
  const delayed = async () => (await letters().delayed('clinic')).count;

  it('give their places to others, are shown as delayed, and are applied in order when it is there again', async () => {
    Analyse.lacksReagent = true;
    const rare = Array.from({ length: MANY }, (_, at) => app.publish(SampleTaken.of({ id: `rare-${at}` })));
    await app.publish(SampleTaken.of({ id: 'common' }));
    expect(Analyse.analysed).toContain('common');
    await Promise.all(rare);
    await app.publish(SampleTaken.of({ id: 'rare-0' }));
    const [first] = await letters().list('clinic', { limit: 1, filter: { key: 'rare-0' } });
    expect(first).toMatchObject({ state: 'delayed', errorCode: 'unavailable', handler: 'Analyse' });
    expect(await delayed()).toBe(MANY + 1);
    expect(await letters().count('clinic')).toBe(0);
    Analyse.lacksReagent = false;
    await vi.waitFor(async () => expect(await delayed()).toBe(0), { timeout: 25_000, interval: 100 });
    expect(Analyse.analysed.filter((id) => id.startsWith('rare'))).toHaveLength(MANY + 1);
    expect(await letters().list('clinic', { limit: 10 })).toEqual([]);
  });

  it('become dead letters when what comes next is a mistake that does not pass', async () => {
    Analyse.lacksReagent = true;
    await app.publish(SampleTaken.of({ id: 'rare-slip' }));
    expect(await delayed()).toBe(1);
    Analyse.mistakes = 1_000;
    Analyse.lacksReagent = false;
    await vi.waitFor(async () => expect(await letters().count('clinic')).toBe(1), { timeout: 25_000, interval: 100 });
    expect(await delayed()).toBe(0);
    Analyse.mistakes = 0;
    const [failed] = await letters().list('clinic', { limit: 1 });
    expect(failed).toMatchObject({ state: 'failed', errorCode: 'internal_error' });
    expect(await letters().replay(failed!.id)).toBe(1);
    expect(Analyse.analysed).toEqual(['rare-slip']);
  });

  it('can be applied by an operator at once', async () => {
    Analyse.lacksReagent = true;
    await app.publish(SampleTaken.of({ id: 'rare-now' }));
    const [letter] = await letters().list('clinic', { limit: 1 });
    await expect(letters().replay(letter!.id)).rejects.toMatchObject({ code: 'unavailable' });
    expect((await letters().get(letter!.id))?.state).toBe('delayed');
    Analyse.lacksReagent = false;
    expect(
      await letters()
        .replay(letter!.id)
        .catch(() => 1),
    ).toBe(1);
    await vi.waitFor(() => expect(Analyse.analysed).toEqual(['rare-now']));
  });
});

describe('a failure', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
    ['a server that shuts down', Object.assign(new Error('terminating'), { driverError: { code: '57P01' } }), true],
    ['a connection that was lost', new Error('Client has encountered a connection error and is not queryable'), true],
    ['a runner whose connection was lost', new QueryRunnerAlreadyReleasedError(), true],
    ['an outage that another thread met', new Error('connect ECONNREFUSED 127.0.0.1:5432'), true],
    ['a server that shuts down, met there', new Error('the database system is shutting down'), true],
    ['a full disk', Object.assign(new Error('could not extend file'), { code: '53100' }), true],
    ['too many clients', Object.assign(new Error('sorry, too many clients already'), { code: '53300' }), true],
    ['a statement at its time limit', Object.assign(new Error('canceling statement'), { code: '57014' }), true],
    ['a unit of work on a standby', new WritesRefused(new Error('cannot execute INSERT')), true],
    ['a write where only reading is allowed', Object.assign(new Error('read-only'), { code: '25006' }), false],
    ['a full disk under SQLite', new Error('SQLITE_FULL: database or disk is full'), true],
    ['a busy SQLite file', new Error('SQLITE_BUSY: database is locked'), true],
    ['a broken rule of the database', Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    ['a mistake in a handler', new TypeError('x is undefined'), false],
  ])('like %s', (_, error, passing) => expect(isPassingFailure(error)).toBe(passing));
});
