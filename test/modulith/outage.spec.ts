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
} from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { isPassingFailure } from '../../libs/modulith/src/unit-of-work/passing-failure.js';

/* A clinic that needs a laboratory, which is away for longer than the retries of a mistake would last. */

class SampleTaken extends Event {
  @Key() id: string;
}

@EventsHandler(SampleTaken)
class Analyse implements IEventHandler<SampleTaken> {
  static outages = 0;
  static readonly analysed: string[] = [];

  handle({ id }: SampleTaken): void {
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

describe('a failure', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
    ['a server that shuts down', Object.assign(new Error('terminating'), { driverError: { code: '57P01' } }), true],
    ['a connection that was lost', new Error('Client has encountered a connection error and is not queryable'), true],
    ['a runner whose connection was lost', new QueryRunnerAlreadyReleasedError(), true],
    ['an outage that another thread met', new Error('connect ECONNREFUSED 127.0.0.1:5432'), true],
    ['a server that shuts down, met there', new Error('the database system is shutting down'), true],
    ['a busy SQLite file', new Error('SQLITE_BUSY: database is locked'), true],
    ['a broken rule of the database', Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    ['a mistake in a handler', new TypeError('x is undefined'), false],
  ])('like %s', (_, error, passing) => expect(isPassingFailure(error)).toBe(passing));
});
