import { Module } from '@nestjs/common';
import { EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import {
  DeadLetters,
  defineContract,
  defineDatabase,
  durable,
  Event,
  Key,
  ModuleUnavailable,
  ModulithModule,
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

const ward = defineContract('ward', { events: [SampleTaken] });
const clinic = defineContract('clinic', { subscribes: [durable('Analyse', SampleTaken)] });

@Module({
  imports: [ModulithModule.forModule(clinic, defineDatabase({ module: 'clinic', entities: [], migrations: [] }))],
  providers: [Analyse],
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
    expect(await app.get(DeadLetters).count('clinic')).toBe(0);
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
    await expect(app.runtime.deliver(publication, true)).rejects.toMatchObject({ code: 'unknown_event' });
  });
});

describe('a failure', () => {
  it.each([
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
    ['a server that shuts down', Object.assign(new Error('terminating'), { driverError: { code: '57P01' } }), true],
    ['a busy SQLite file', new Error('SQLITE_BUSY: database is locked'), true],
    ['a broken rule of the database', Object.assign(new Error('duplicate key'), { code: '23505' }), false],
    ['a mistake in a handler', new TypeError('x is undefined'), false],
  ])('like %s', (_, error, passing) => expect(isPassingFailure(error)).toBe(passing));
});
