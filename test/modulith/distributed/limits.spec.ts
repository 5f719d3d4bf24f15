import { Module } from '@nestjs/common';
import { CommandHandler, type ICommandHandler, type IQueryHandler, QueryBus, QueryHandler } from '@nestjs/cqrs';
import {
  Command,
  currentMessage,
  defineContract,
  MessageTooLarge,
  ModuleUnavailable,
  ModulithModule,
  OutcomeUnknown,
  Overloaded,
  Query,
  Unavailable,
  UnsupportedVersion,
  Version,
} from '@aitbc/modulith';
import type { Application } from '@aitbc/modulith/testing/application.js';
import { IsInt, IsString } from 'class-validator';
import { RetryBudget } from '../../../libs/modulith/src/resilience/retry-budget.js';
import { gate } from '../errands.js';
import { handledBy, outcomeOf, startSystem, type System, until } from './system.js';

/* A counter that works as fast as the test wants, and a clerk who asks it. */

class Serve extends Command<number> {
  @IsString() text: string;
}
class Peek extends Query<number> {}
class AskCounter extends Command<number> {
  @IsInt() withinMs: number;
}
class Orphan extends Command<void> {}

const counter = defineContract('counter', { commands: [Serve], queries: [Peek] });
const clerk = defineContract('clerk', { commands: [AskCounter] });
const nobody = defineContract('nobody', { commands: [Orphan] });

let hold: Promise<void> = Promise.resolve();
let failure: Error | undefined;
let began = 0;
const deadlines: number[] = [];

@CommandHandler(Serve)
class ServeHandler implements ICommandHandler<Serve> {
  async execute({ text }: Serve): Promise<number> {
    began += 1;
    await hold;
    if (failure) throw failure;
    return text.length;
  }
}
@QueryHandler(Peek)
class PeekHandler implements IQueryHandler<Peek> {
  async execute(): Promise<number> {
    deadlines.push(currentMessage()!.deadline);
    await hold;
    return 1;
  }
}
@CommandHandler(AskCounter)
class AskCounterHandler implements ICommandHandler<AskCounter> {
  constructor(private readonly queries: QueryBus) {}

  async execute(): Promise<number> {
    deadlines.push(currentMessage()!.deadline);
    return this.queries.execute(new Peek());
  }
}

@Module({ imports: [ModulithModule.forModule(counter)], providers: [ServeHandler, PeekHandler] })
class CounterModule {}
@Module({ imports: [ModulithModule.forModule(clerk)], providers: [AskCounterHandler] })
class ClerkModule {}

describe('a module in another process', { timeout: 120_000 }, () => {
  let system: System;
  let caller: Application;
  let host: Application;

  beforeEach(async () => {
    hold = Promise.resolve();
    failure = undefined;
    began = 0;
    deadlines.length = 0;
    system = await startSystem({ contracts: [counter, clerk, nobody] });
    caller = await system.cluster.start('caller', []);
    host = await system.cluster.start('counter', [CounterModule]);
  });
  afterEach(() => system?.close());

  const serve = (deadlineMs = 20_000) => caller.execute<number>(Serve.of({ text: 'four' }), { deadlineMs });
  const breakers = () => caller.runtime.redisModules!.breakers;

  it('when no process hosts it, is unavailable at once, not at the deadline', async () => {
    const started = Date.now();
    await expect(caller.execute(new Orphan())).rejects.toThrow(ModuleUnavailable);
    await system.cluster.end('counter');
    await expect(serve()).rejects.toThrow(ModuleUnavailable);
    expect(Date.now() - started).toBeLessThan(10_000);
  });

  it('gets the deadline of the first who asked, over every hop', async () => {
    await system.cluster.start('clerk', [ClerkModule]);
    const before = Date.now();
    await caller.execute(AskCounter.of({ withinMs: 5_000 }), { deadlineMs: 5_000 });
    expect(deadlines).toHaveLength(2);
    expect(deadlines[0]).toBeGreaterThanOrEqual(before + 5_000);
    expect(deadlines[0]).toBeLessThan(before + 6_000);
    expect(deadlines[1]).toBe(deadlines[0]);
  });

  it(
    'when it is silent, its calls end at their deadlines, its breaker opens, tries again and closes',
    { timeout: 60_000 },
    async () => {
      const busy = gate();
      hold = busy.passed;
      const silent = await Promise.all(Array.from({ length: 30 }, () => outcomeOf(serve(1_500))));
      expect(new Set(silent)).toEqual(new Set(['outcome_unknown']));
      expect(breakers().stateOf('counter')).toBe('open');
      const handled = handledBy(host);
      await expect(serve()).rejects.toThrow(ModuleUnavailable);
      expect(handled()).toBe(0);
      busy.open();
      // After a pause one call is let through, and its answer closes the circuit.
      await until(async () => (await outcomeOf(serve())) === 'ok');
      expect(breakers().stateOf('counter')).toBe('closed');
      expect(await serve()).toBe(4);
    },
  );

  it('when it refuses, its breaker stays closed: a refusal is an answer', async () => {
    failure = new Unavailable('counter');
    for (let turn = 0; turn < 30; turn++) await expect(serve()).rejects.toThrow(Unavailable);
    expect(breakers().stateOf('counter')).toBe('closed');
  });

  it('when its circuit is opened by hand, is left alone until it is closed', async () => {
    breakers().open('counter');
    expect(breakers().stateOf('counter')).toBe('isolated');
    await expect(serve()).rejects.toThrow(ModuleUnavailable);
    expect(began).toBe(0);
    breakers().close('counter');
    expect(await serve()).toBe(4);
  });

  it('when too many of its calls have no answer yet, refuses more before they are sent, and takes more afterwards', async () => {
    const busy = gate();
    hold = busy.passed;
    const waiting = Array.from({ length: 1_024 }, () => serve(60_000));
    await until(() => began === 512);
    await expect(serve()).rejects.toThrow(Overloaded);
    // Past what it takes at once the rest waits in Redis, not in its memory.
    expect(began).toBe(512);
    busy.open();
    await Promise.all(waiting);
    expect(await serve()).toBe(4);
    expect(began).toBe(1_025);
  });

  it('when it is in trouble, gets few retries more than calls', async () => {
    failure = new Unavailable('counter');
    const calls = 100;
    for (let turn = 0; turn < calls; turn++) await outcomeOf(serve());
    expect(began).toBeGreaterThan(calls + 15);
    // What was saved up, and a tenth of the calls.
    expect(began).toBeLessThanOrEqual(calls + 20 + calls / 10);
  });

  it('when a message is too large to travel, was certainly not sent; one below the bound arrives', async () => {
    const send = (length: number) => caller.execute<number>(Serve.of({ text: 'x'.repeat(length) }));
    await expect(send(4 * 1024 * 1024 + 1)).rejects.toThrow(MessageTooLarge);
    expect(began).toBe(0);
    expect(await send(3 * 1024 * 1024)).toBe(3 * 1024 * 1024);
  });

  it('when a call is of a version that it does not know, says so and executes nothing', async () => {
    const newer = await system.cluster.start('newer caller', [], { contracts: [newerCounter, clerk, nobody] });
    const sent = newer.execute(Object.assign(new NewerServe(), { text: 'four' }));
    await expect(sent).rejects.toThrow(UnsupportedVersion);
    await expect(sent).rejects.toMatchObject({ details: { message: 'counter.Serve', version: 2 } });
    expect(began).toBe(0);
  });

  it('when nobody waits for a command any more, its outcome is unknown and may be asked for again', async () => {
    const busy = gate();
    hold = busy.passed;
    await expect(serve(300)).rejects.toThrow(OutcomeUnknown);
    busy.open();
    expect(await serve()).toBe(4);
  });
});

@Version(2)
class NewerServe extends Command<number> {
  @IsString() text: string;
}
Object.defineProperty(NewerServe, 'name', { value: 'Serve' });
const newerCounter = defineContract('counter', { commands: [NewerServe], queries: [Peek] });

describe('a retry budget', () => {
  it('when it is spent, is earned again by calls, a tenth of a retry each', () => {
    const budget = new RetryBudget();
    let spent = 0;
    while (budget.spend()) spent += 1;
    expect(spent).toBe(20);
    for (let call = 0; call < 9; call++) budget.earn();
    expect(budget.spend()).toBe(false);
    budget.earn();
    budget.earn();
    expect(budget.spend()).toBe(true);
  });
});
