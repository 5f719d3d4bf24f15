import 'reflect-metadata';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { ModuleRef, NestFactory } from '@nestjs/core';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Command, defineContract, ModulithModule, View } from '@aitbc/modulith';
import { startTracing } from '@aitbc/platform';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { compare, report } from './measure.js';

/* One command with three fields, answered with a small object: how many a second, one after the other. */

class Priced extends View {
  id: string;
  total: number;
}

class Price extends Command<Priced> {
  @IsString() id: string;
  @IsInt() @Min(1) @Max(8760) hours: number;
  @IsInt() @Min(0) perHour: number;
}

const answer = ({ id, hours, perHour }: Price): Priced => Priced.of({ id, total: hours * perHour });

@CommandHandler(Price)
class PriceHandler implements ICommandHandler<Price> {
  async execute(command: Price): Promise<Priced> {
    return answer(command);
  }
}

const contract = defineContract('pricing', { commands: [Price], views: [Priced] });

@Module({ imports: [ModulithModule.forModule(contract)], providers: [PriceHandler] })
class PricingModule {}

function routedApp(parity: 'fast' | 'strict') {
  @Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [contract],
        hosted: ['pricing'],
        databaseUrl: () => 'sqlite:unused',
        secret: 'bench',
        parity,
      }),
      PricingModule,
    ],
  })
  class App {}
  return NestFactory.createApplicationContext(App, { logger: false });
}

const sender = (bus: { execute(command: Price): Promise<unknown> }) => async (count: number) => {
  for (let at = 0; at < count; at++) await bus.execute(Price.of({ id: 'a100', hours: 3, perHour: at }));
};

const bareBus = new CommandBus({} as ModuleRef);
bareBus.register([
  { metatype: PriceHandler, instance: new PriceHandler(), isDependencyTreeStatic: () => true } as never,
]);

interface Broker {
  start(): Promise<void>;
  stop(): Promise<void>;
  createService(schema: object): void;
  call(action: string, params: object): Promise<unknown>;
}

async function moleculer(everything: boolean): Promise<Broker> {
  const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
  const { ServiceBroker } = require('moleculer') as { ServiceBroker: new (options: object) => Broker };
  const broker = new ServiceBroker({
    logger: false,
    validator: everything,
    metrics: everything ? { enabled: true, reporter: [] } : false,
    tracing: everything ? { enabled: true, exporter: [] } : false,
  });
  broker.createService({
    name: 'pricing',
    actions: {
      price: {
        params: { id: 'string', hours: 'number|integer|min:1|max:8760', perHour: 'number|integer|min:0' },
        handler: async (ctx: { params: Price }) => answer(ctx.params),
      },
    },
  });
  await broker.start();
  return broker;
}

const callMoleculer = (broker: Broker) => async (count: number) => {
  for (let at = 0; at < count; at++) await broker.call('pricing.price', { id: 'a100', hours: 3, perHour: at });
};

const [plain, full] = await Promise.all([moleculer(false), moleculer(true)]);
const off = await routedApp('fast');
// Before tracing starts: once it has, it is on for the whole process.
const untraced = await compare(
  [
    { name: 'routed CommandBus, tracing off', run: sender(off.get(CommandBus)), count: 100_000 },
    { name: 'Moleculer, everything off', run: callMoleculer(plain), count: 300_000 },
  ],
  7,
);

startTracing({ serviceName: 'bench', serviceVersion: '0' });
const on = await routedApp('fast');
const strict = await routedApp('strict');
const figures = await compare([
  { name: 'bare CommandBus.execute', run: sender(bareBus), count: 1_000_000 },
  { name: 'routed CommandBus, everything on', run: sender(on.get(CommandBus)), count: 100_000 },
  { name: 'routed CommandBus, everything on, strict parity', run: sender(strict.get(CommandBus)), count: 100_000 },
  { name: 'Moleculer, validator, metrics and tracing on', run: callMoleculer(full), count: 100_000 },
]);
const all = [...figures, ...untraced];
const rateOf = (name: string) => all.find((each) => each.name === name)!.median;
report('Local calls, one after the other', all, {
  'routed, everything on / Moleculer, everything on (target 1.5)':
    rateOf('routed CommandBus, everything on') / rateOf('Moleculer, validator, metrics and tracing on'),
  'routed, tracing off / Moleculer, everything off (target 1)':
    rateOf('routed CommandBus, tracing off') / rateOf('Moleculer, everything off'),
});
await Promise.all([plain.stop(), full.stop(), on.close(), strict.close(), off.close()]);
