import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModulithModule } from '@aitbc/modulith';
import { startTracing } from '@aitbc/platform';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { QueryBus } from '@nestjs/cqrs';
import { ClientProxyFactory, MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { RedisServer } from '../../src/topology/redis-server.js';
import { compare, type Contender, type Figure, isProfiled, report, summary } from './measure.js';
import { answer, AskPrice, pricing, PricingModule } from './pricing.js';

/*
 * One question to a module in another process over Redis, answered with a small object: signed, validated, traced,
 * measured, with a deadline; 1, 32 and 128 of them under way. Beside it Moleculer over Redis with validator, metrics and
 * tracing, and Nest's own Redis transport, which has none of these.
 */

type Kind = 'modulith' | 'moleculer' | 'nest';
const IN_FLIGHT = [1, 32, 128];
const COUNTS: Readonly<Record<number, number>> = { 1: 2_000, 32: 20_000, 128: 40_000 };

interface Broker {
  start(): Promise<void>;
  stop(): Promise<void>;
  createService(schema: object): void;
  waitForServices(names: string): Promise<void>;
  call(action: string, params: object): Promise<unknown>;
}

function moleculer(nodeID: string, redisUrl: string): Broker {
  const require = createRequire(join(process.cwd(), 'test/bench/package.json'));
  const { ServiceBroker } = require('moleculer') as { ServiceBroker: new (options: object) => Broker };
  return new ServiceBroker({
    nodeID,
    logger: false,
    transporter: redisUrl,
    validator: true,
    metrics: { enabled: true, reporter: [] },
    tracing: { enabled: true, exporter: [] },
  });
}

async function modulith(hosted: readonly string[], redisUrl: string) {
  @Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [pricing],
        hosted,
        databaseUrl: () => 'sqlite:unused',
        secret: 'bench',
        parity: 'fast',
        redisUrl,
      }),
      ...(hosted.length > 0 ? [PricingModule] : []),
    ],
  })
  class App {}
  startTracing({ serviceName: 'bench', serviceVersion: '0' });
  return NestFactory.createApplicationContext(App, { logger: ['error', 'warn'] });
}

@Controller()
class PriceController {
  @MessagePattern('price')
  price(@Payload() question: AskPrice) {
    return { ...answer(question) };
  }
}

const nestOptions = (redisUrl: string) => {
  const { hostname: host, port } = new URL(redisUrl);
  return { host, port: Number(port) };
};

/** The other process: answers until it is killed. */
async function serve(kind: Kind, redisUrl: string): Promise<void> {
  if (kind === 'modulith') await modulith(['pricing'], redisUrl);
  if (kind === 'moleculer') {
    const broker = moleculer('server', redisUrl);
    const params = { id: 'string', hours: 'number|integer|min:1|max:8760', perHour: 'number|integer|min:0' };
    const handler = async (ctx: { params: AskPrice }) => ({ ...answer(ctx.params) });
    broker.createService({ name: 'pricing', actions: { price: { params, handler } } });
    await broker.start();
  }
  if (kind === 'nest') {
    @Module({ controllers: [PriceController] })
    class App {}
    const options = nestOptions(redisUrl);
    const app = await NestFactory.createMicroservice(App, { transport: Transport.REDIS, options, logger: false });
    await app.listen();
  }
  // In order, so that its profile is written.
  process.once('SIGTERM', () => process.exit());
  process.send!('ready');
}

async function startServer(kind: Kind, redisUrl: string): Promise<() => void> {
  const child = fork(fileURLToPath(import.meta.url), ['serve', kind, redisUrl]);
  await once(child, 'message');
  return () => child.kill();
}

const question = (at: number) => ({ id: 'a100', hours: 3, perHour: at });

const inFlight = (width: number, ask: (at: number) => Promise<unknown>) => async (count: number) => {
  let next = 0;
  const lane = async () => {
    while (next < count) await ask(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
};

async function halfTimeOf(name: string, ask: (at: number) => Promise<unknown>): Promise<Figure> {
  const times: number[] = [];
  for (let at = 0; at < 1_000; at++) {
    const started = performance.now();
    await ask(at);
    times.push(performance.now() - started);
  }
  const { median, least, most } = summary(name, times, 'ms');
  return { name: `${name}, time of one (median)`, unit: 'ms', median, least, most };
}

async function main(): Promise<void> {
  const redis = await RedisServer.start();
  const stops = await Promise.all(
    (['modulith', 'moleculer', 'nest'] as const).map((kind) => startServer(kind, redis.url)),
  );
  const app = await modulith([], redis.url);
  const queries = app.get(QueryBus);
  const broker = moleculer('client', redis.url);
  await broker.start();
  await broker.waitForServices('pricing');
  const client = ClientProxyFactory.create({ transport: Transport.REDIS, options: nestOptions(redis.url) });
  await client.connect();
  const ways: Readonly<Record<string, (at: number) => Promise<unknown>>> = {
    'over Redis Streams, everything on': (at) => queries.execute(AskPrice.of(question(at))),
    'Moleculer, validator, metrics and tracing on': (at) => broker.call('pricing.price', question(at)),
    'Nest Redis, bare': (at) => firstValueFrom(client.send('price', question(at))),
  };
  const figures: Figure[] = [];
  const ratios: Record<string, number> = {};
  const targets: Readonly<Record<number, readonly [number, number]>> = { 1: [0.9, 0.9], 32: [3, 1.5], 128: [5, 2] };
  for (const width of IN_FLIGHT) {
    const contenders = Object.entries(ways).map(([name, ask]): Contender => ({
      name: `${name}, ${width} at once`,
      run: inFlight(width, ask),
      count: COUNTS[width]!,
    }));
    const [own, other, bare] = (await compare(contenders, 5)) as [Figure, Figure, Figure];
    figures.push(own, other, bare);
    const [moleculerTarget, nestTarget] = targets[width]!;
    ratios[`${width} at once / Moleculer (target ${moleculerTarget})`] = own.median / other.median;
    ratios[`${width} at once / Nest Redis (target ${nestTarget})`] = own.median / bare.median;
  }
  if (!isProfiled) for (const [name, ask] of Object.entries(ways)) figures.push(await halfTimeOf(name, ask));
  report('Remote questions over Redis', figures, ratios);
  await Promise.all([app.close(), broker.stop(), client.close()]);
  for (const stop of stops) stop();
  await redis.stop();
}

const [role, kind, redisUrl] = process.argv.slice(2);
if (role === 'serve') await serve(kind as Kind, redisUrl!);
else await main();
