import { Module } from '@nestjs/common';
import { EventBus, EventsHandler, type IEventHandler } from '@nestjs/cqrs';
import { bounded, Broadcast, defineContract, Event, ModulithModule } from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { ErrandRun, gate, OfficeModule, PorterModule, RunErrand, contracts } from '../errands.js';
import { startSystem, type System, until } from './system.js';

@Broadcast()
class Rang extends Event {
  text: string;
}

/** What one process heard and saw. */
class Ears {
  readonly heard: string[] = [];
  readonly glimpsed: string[] = [];
  hold: Promise<void> = Promise.resolve();
}

@EventsHandler(Rang)
class Hear implements IEventHandler<Rang> {
  constructor(private readonly ears: Ears) {}

  handle({ text }: Rang): void {
    this.ears.heard.push(text);
  }
}

@EventsHandler(ErrandRun)
class Glance implements IEventHandler<ErrandRun> {
  constructor(private readonly ears: Ears) {}

  async handle({ id }: ErrandRun): Promise<void> {
    this.ears.glimpsed.push(id);
    await this.ears.hold;
  }
}

const bellContract = defineContract('bell', { events: [Rang] });
const glanceContract = defineContract('glance', { subscribes: [bounded('Glance', ErrandRun, { bound: 5 })] });

@Module({ imports: [ModulithModule.forModule(bellContract)], providers: [Hear, Ears] })
class BellModule {}
@Module({ imports: [ModulithModule.forModule(glanceContract)], providers: [Glance, Ears] })
class GlanceModule {}

describe('across processes', { timeout: 120_000 }, () => {
  let system: System;
  let caller: Application;
  beforeEach(async () => {
    system = await startSystem({ contracts: [...contracts, bellContract, glanceContract] });
    caller = await system.cluster.start('caller', []);
  });
  afterEach(() => system?.close());

  const run = async (ids: readonly string[]) => {
    for (const id of ids) await caller.execute(RunErrand.of({ id }));
  };
  const dropped = (...of: Application[]) =>
    of.flatMap(({ runtime }) => runtime.dropped()).reduce((sum, { count }) => sum + count, 0);

  it('a broadcast reaches every process once, its own included', async () => {
    const bells: Application[] = [];
    for (const name of ['one', 'two', 'three']) bells.push(await system.cluster.start(name, [BellModule]));
    const texts = Array.from({ length: 20 }, (_, at) => `ring ${at}`);
    for (const text of texts.slice(0, 10)) bells[0]!.get(EventBus).publish(Rang.of({ text }));
    for (const text of texts.slice(10)) caller.get(EventBus).publish(Rang.of({ text }));
    for (const bell of bells) await until(() => bell.get(Ears).heard.length === 20);
    // Nothing comes twice, late: what is asked now was said after all of them.
    bells[1]!.get(EventBus).publish(Rang.of({ text: 'last' }));
    for (const bell of bells) await until(() => bell.get(Ears).heard.includes('last'));
    for (const bell of bells) expect(bell.get(Ears).heard.toSorted()).toEqual([...texts, 'last'].toSorted());
  });

  it('a bounded subscription elsewhere gets what it has room for; the oldest of the rest are dropped and counted', async () => {
    const office = await system.cluster.start('office', [OfficeModule, PorterModule]);
    const glance = await system.cluster.start('glance', [GlanceModule]);
    const ears = glance.get(Ears);
    const hold = gate();
    ears.hold = hold.passed;
    await run(['first']);
    await until(() => ears.glimpsed.length === 1);
    const ids = Array.from({ length: 30 }, (_, at) => `errand-${at}`);
    await run(ids);
    await until(() => dropped(office, glance) === 25);
    hold.open();
    await system.cluster.settled();
    expect(ears.glimpsed).toEqual(['first', ...ids.slice(-5)]);
  });

  it('a bounded subscriber that no process hosts fills no outbox, and gets the newest that its bound kept for it', async () => {
    const office = await system.cluster.start('office', [OfficeModule, PorterModule]);
    await run(Array.from({ length: 20 }, (_, at) => `early-${at}`));
    await until(async () => (await office.hosted('office').outbox!.backlog()).depth === 0);
    const glance = await system.cluster.start('glance', [GlanceModule]);
    await run(['late']);
    await until(() => glance.get(Ears).glimpsed.includes('late'));
    // Five wait, and one may have been on its way when the others came.
    expect(glance.get(Ears).glimpsed.length).toBeLessThanOrEqual(7);
    expect(glance.get(Ears).glimpsed).toContain('early-19');
  });
});
