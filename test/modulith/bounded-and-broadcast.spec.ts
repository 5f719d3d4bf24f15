import { Module } from '@nestjs/common';
import {
  CommandHandler,
  EventBus,
  EventsHandler,
  type ICommandHandler,
  type IEventHandler,
  QueryBus,
} from '@nestjs/cqrs';
import {
  bounded,
  Broadcast,
  Command,
  currentMessage,
  defineContract,
  defineDatabase,
  Event,
  ModulithModule,
} from '@aitbc/modulith';
import { Scenario } from '@aitbc/modulith/testing/scenario.js';
import { IsString } from 'class-validator';
import { describeEachDatabase } from '@aitbc/modulith/testing/temporary-databases.js';
import { CountNotes, ErrandRun, Errands, gate, officeContract, OfficeModule, RunErrand } from './errands.js';

@Broadcast()
class Rang extends Event {
  text: string;
}
/** Rings, and fails when it is told to. */
class Ring extends Command<void> {
  @IsString() text: string;
  @IsString() how: 'only ring' | 'fail';
}
const bellContract = defineContract('bell', { commands: [Ring], events: [Rang] });
const bellDatabase = defineDatabase({ module: 'bell', entities: [], migrations: [] });

@CommandHandler(Ring)
class RingHandler implements ICommandHandler<Ring> {
  constructor(private readonly events: EventBus) {}

  async execute({ text, how }: Ring): Promise<void> {
    this.events.publish(Rang.of({ text }));
    if (how === 'fail') throw new Error('the bell is cracked');
  }
}

const heard: { text: string; messageId?: string }[] = [];

@EventsHandler(Rang)
class Hear implements IEventHandler<Rang> {
  constructor(private readonly queries: QueryBus) {}

  async handle({ text }: Rang): Promise<void> {
    // Asks another module: which only works apart from the unit of work of whoever rang.
    await this.queries.execute(CountNotes.of({ id: text }));
    heard.push({ text, messageId: currentMessage()?.id });
    if (text === 'too loud') throw new Error('covers its ears');
  }
}

const seen: string[] = [];
let hold = gate();
hold.open();

@EventsHandler(ErrandRun)
class Glance implements IEventHandler<ErrandRun> {
  async handle({ id }: ErrandRun): Promise<void> {
    seen.push(id);
    await hold.passed;
    if (id === 'odd') throw new Error('looks away');
  }
}
const glanceContract = defineContract('glance', { subscribes: [bounded('Glance', ErrandRun, { bound: 3 })] });

@Module({ imports: [ModulithModule.forModule(bellContract, bellDatabase)], providers: [RingHandler, Hear] })
class BellModule {}
@Module({ imports: [ModulithModule.forModule(glanceContract)], providers: [Glance] })
class GlanceModule {}

describeEachDatabase('beside what is durable', (url) => {
  let app: Scenario;
  beforeAll(async () => {
    app = await Scenario.start({
      modules: [OfficeModule, BellModule, GlanceModule],
      contracts: [officeContract, bellContract, glanceContract],
      databaseUrl: url(),
    });
  });
  beforeEach(() => {
    Errands.reset();
    heard.length = seen.length = 0;
  });
  afterAll(() => app?.close());

  const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

  describe('a broadcast', () => {
    it('when it is published outside a unit of work, is heard', async () => {
      app.get(EventBus).publish(Rang.of({ text: 'outside' }));
      await vi.waitFor(() => expect(heard).toMatchObject([{ text: 'outside' }]));
      expect(heard[0]?.messageId).toBeDefined();
    });

    it('when its command succeeds, is heard, though nothing was written', async () => {
      await app.execute(Ring.of({ text: 'done', how: 'only ring' }));
      await vi.waitFor(() => expect(heard).toMatchObject([{ text: 'done' }]));
    });

    it('when its command fails, is never heard', async () => {
      await expect(app.execute(Ring.of({ text: 'failed', how: 'fail' }))).rejects.toThrow();
      await soon();
      expect(heard).toEqual([]);
    });

    it('when its unit of work is open, is heard only after the commit', async () => {
      Errands.afterWriting = async () => {
        app.get(EventBus).publish(Rang.of({ text: 'committed' }));
        await soon();
        expect(heard).toEqual([]);
      };
      await app.execute(RunErrand.of({ id: 'rung' }));
      await vi.waitFor(() => expect(heard).toMatchObject([{ text: 'committed' }]));
    });

    it('when its unit of work is rolled back, is never heard', async () => {
      Errands.afterWriting = () => {
        app.get(EventBus).publish(Rang.of({ text: 'rolled back' }));
        throw new Error('undone');
      };
      await expect(app.execute(RunErrand.of({ id: 'not rung' }))).rejects.toThrow();
      await soon();
      expect(heard).toEqual([]);
    });

    it('when a handler of it fails, troubles nobody', async () => {
      await app.execute(Ring.of({ text: 'too loud', how: 'only ring' }));
      await app.execute(Ring.of({ text: 'after', how: 'only ring' }));
      // Broadcasts keep no order.
      await vi.waitFor(() => expect(heard.map((each) => each.text).toSorted()).toEqual(['after', 'too loud']));
    });
  });

  describe('a bounded subscription', () => {
    it('when more events wait than it has room for, drops the oldest and counts them', async () => {
      hold = gate();
      const dropped = () => app.dropped().reduce((sum, { count }) => sum + count, 0);
      const before = dropped();
      for (let at = 0; at < 9; at++) await app.execute(RunErrand.of({ id: `b-${at}` }));
      // Whoever publishes keeps nothing for those who need not hear of it.
      expect(await app.hosted('office').database.read('SELECT * FROM office_outbox')).toEqual([]);
      await vi.waitFor(() => expect(dropped()).toBe(before + 5));
      hold.open();
      await app.settled();
      expect(seen).toEqual(['b-0', 'b-6', 'b-7', 'b-8']);
      expect(app.dropped()).toContainEqual({ subscription: 'glance.Glance', count: before + 5 });
    });

    it('when its handler fails, goes on with the next', async () => {
      await app.execute(RunErrand.of({ id: 'odd' }));
      await app.execute(RunErrand.of({ id: 'even' }));
      await app.settled();
      expect(seen).toEqual(['odd', 'even']);
    });
  });
});
