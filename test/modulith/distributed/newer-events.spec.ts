import { Module } from '@nestjs/common';
import { CommandHandler, EventBus, EventsHandler, type ICommandHandler, type IEventHandler } from '@nestjs/cqrs';
import { Command, defineContract, defineDatabase, durable, Event, Key, ModulithModule, Version } from '@aitbc/modulith';
import { IsInt, IsString } from 'class-validator';
import { startSystem, type System, until } from './system.js';

/* Two releases of a press and a reader: the newer press prints in colour, which the older reader cannot read. */

const read: string[] = [];

/** What a release of the system knows. */
function release(version: 1 | 2) {
  @Version(version)
  class Printed extends Event {
    @Key() paper: string;
    issue: number;
  }
  class Print extends Command<void> {
    @IsString() paper: string;
    @IsInt() issue: number;
  }
  @CommandHandler(Print)
  class PrintHandler implements ICommandHandler<Print> {
    constructor(private readonly events: EventBus) {}

    async execute({ paper, issue }: Print): Promise<void> {
      this.events.publish(Printed.of({ paper, issue }));
    }
  }
  @EventsHandler(Printed)
  class Read implements IEventHandler<Printed> {
    handle({ paper, issue }: Printed): void {
      read.push(`v${version} ${paper} ${issue}`);
    }
  }
  const press = defineContract('press', { commands: [Print], events: [Printed] });
  const reader = defineContract('reader', { subscribes: [durable('Read', Printed)] });
  const database = (module: string) => defineDatabase({ module, entities: [], migrations: [] });
  @Module({ imports: [ModulithModule.forModule(press, database('press'))], providers: [PrintHandler] })
  class PressModule {}
  @Module({ imports: [ModulithModule.forModule(reader, database('reader'))], providers: [Read] })
  class ReaderModule {}
  return { contracts: [press, reader], PressModule, ReaderModule, Print };
}

describe('an event of a newer release', { timeout: 120_000 }, () => {
  let system: System;
  const [old, next] = [release(1), release(2)];
  beforeEach(async () => {
    read.length = 0;
    system = await startSystem({ contracts: old.contracts });
  });
  afterEach(() => system?.close());

  it('waits for a replica that knows it, and so do those of its key behind it', async () => {
    await system.cluster.start('old reader', [old.ReaderModule]);
    const press = await system.cluster.start('new press', [next.PressModule], { contracts: next.contracts });
    for (const issue of [1, 2]) await press.execute(next.Print.of({ paper: 'herald', issue }));
    await until(() => press.hosted('press').outbox!.inMemory === 0);
    expect(read).toEqual([]);
    expect((await press.hosted('press').outbox!.backlog()).depth).toBe(2);
    await system.cluster.start('new reader', [next.ReaderModule], { contracts: next.contracts });
    await system.cluster.end('old reader');
    await until(() => read.length === 2);
    expect(read).toEqual(['v2 herald 1', 'v2 herald 2']);
  });

  it('of an older release is taken by a newer one', async () => {
    await system.cluster.start('new reader', [next.ReaderModule], { contracts: next.contracts });
    const press = await system.cluster.start('old press', [old.PressModule]);
    await press.execute(old.Print.of({ paper: 'herald', issue: 1 }));
    await until(() => read.length === 1);
    expect(read).toEqual(['v2 herald 1']);
  });
});
