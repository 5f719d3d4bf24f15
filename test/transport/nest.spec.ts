import 'reflect-metadata';
import { Controller, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, EventPattern, MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import { firstValueFrom, from, lastValueFrom, toArray } from 'rxjs';
import { RedisStreamsClient, type RedisStreamsClientOptions } from '@aitbc/modulith/transport/redis-streams-client.js';
import {
  RedisStreamsContext,
  type RedisStreamsParts,
  RedisStreamsServer,
} from '@aitbc/modulith/transport/redis-streams-server.js';
import type { RedisServer } from '../../src/topology/redis-server.js';
import { startRedis } from '../support/redis-server.js';
import { after, until } from './nodes.js';

const heard: string[] = [];
let failures = 0;

@Controller()
class WalletController {
  @MessagePattern('add')
  add(@Payload() numbers: number[]): number {
    return numbers.reduce((sum, each) => sum + each, 0);
  }

  @MessagePattern({ cmd: 'count' })
  count(@Payload() to: number) {
    return from(Array.from({ length: to }, (_, i) => i));
  }

  @MessagePattern('refuse')
  refuse(): never {
    throw new RpcException({ code: 'wallet.locked' });
  }

  @MessagePattern('break')
  break(): never {
    throw new Error('a secret of the server');
  }

  @MessagePattern('nothing')
  nothing(): void {}

  @MessagePattern('slow')
  async slow(@Payload() name: string): Promise<string> {
    await after(100);
    return name;
  }

  @MessagePattern('context')
  context(@Payload() _: object, @Ctx() context: RedisStreamsContext) {
    return { pattern: context.getPattern(), metadata: context.getMetadata(), again: context.getDelivery().again };
  }

  @EventPattern('opened')
  async opened(@Payload() name: string): Promise<void> {
    await after(1);
    heard.push(name);
  }

  @EventPattern('flaky')
  flaky(@Payload() fails: number): void {
    if (failures++ < fails) throw new Error('not yet');
    heard.push('flaky');
  }
}

@Module({ controllers: [WalletController] })
class WalletModule {}

describe('a Nest application on Redis Streams', () => {
  let redis: RedisServer;
  const replicas: INestMicroservice[] = [];
  const clients: RedisStreamsClient[] = [];
  beforeEach(async () => {
    redis = await startRedis();
    heard.length = 0;
    failures = 0;
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await Promise.all(replicas.splice(0).map((replica) => replica.close()));
    await redis.stop();
  });

  const common = () => ({ url: redis.url, secret: 'a secret', service: 'wallet', claimMs: 600 });

  async function replica(): Promise<INestMicroservice> {
    const strategy = new RedisStreamsServer({ ...common(), eventAttempts: 3, eventRetryMs: 5 });
    const application = await NestFactory.createMicroservice(WalletModule, { strategy, logger: false });
    await application.listen();
    replicas.push(application);
    return application;
  }

  function proxy(options: Partial<RedisStreamsClientOptions> = {}): RedisStreamsClient {
    const client = new RedisStreamsClient({ ...common(), ...options });
    clients.push(client);
    return client;
  }

  const partsOf = (application: INestMicroservice) => application.unwrap<RedisStreamsParts>();

  it('answers messages, streams of values and messages without an answer', async () => {
    await replica();
    const client = proxy();
    expect(await firstValueFrom(client.send('add', [1, 2, 3]))).toBe(6);
    expect(await firstValueFrom(client.send({ cmd: 'count' }, 3).pipe(toArray()))).toEqual([0, 1, 2]);
    expect(await firstValueFrom(client.send('nothing', {}))).toBeUndefined();
  });

  it('says what a handler refused, and not what was broken', async () => {
    await replica();
    const client = proxy();
    await expect(firstValueFrom(client.send('refuse', {}))).rejects.toEqual({ code: 'wallet.locked' });
    await expect(firstValueFrom(client.send('break', {}))).rejects.toEqual({
      status: 'error',
      message: 'Internal server error',
    });
    await expect(firstValueFrom(client.send('unknown', {}))).rejects.toContain('no handler');
  });

  it('gives handlers the pattern and what a dispatch hook attached', async () => {
    await replica();
    const client = proxy();
    client.setOnDispatchHook((packet) => (packet.metadata = { trace: '1' }));
    const seen = await firstValueFrom(client.send('context', {}));
    expect(seen).toEqual({ pattern: 'context', metadata: { trace: '1' }, again: false });
  });

  it('with two replicas, each message and each event is handled by one', async () => {
    const both = [await replica(), await replica()];
    const client = proxy();
    for (let i = 0; i < 60; i++) {
      await lastValueFrom(client.emit('opened', `${i}`), { defaultValue: undefined });
      expect(await firstValueFrom(client.send('add', [i, 1]))).toBe(i + 1);
    }
    await until(() => heard.length >= 60);
    expect([...heard].sort((a, b) => +a - +b)).toEqual(Array.from({ length: 60 }, (_, i) => `${i}`));
    const shares = both.map((each) => partsOf(each).link.counters.itemsIn);
    expect(Math.min(...shares)).toBeGreaterThan(0);
    expect(partsOf(both[0]!).presence.hosting('wallet')).toHaveLength(2);
  });

  it('when one replica closes, messages in hand are answered and further ones go to the other', async () => {
    const leaving = await replica();
    const client = proxy();
    const answers = Array.from({ length: 40 }, (_, i) => firstValueFrom(client.send('slow', `${i}`)));
    await until(() => partsOf(leaving).server.inFlight > 0);
    const staying = await replica();
    replicas.splice(replicas.indexOf(leaving), 1);
    await leaving.close();
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 40 }, (_, i) => `${i}`));
    expect(partsOf(staying).link.counters.takenOver).toBe(0);
    expect(await firstValueFrom(client.send('add', [1]))).toBe(1);
  });

  it('when an event handler throws, the event is tried again, and dropped and counted after the last attempt', async () => {
    const application = await replica();
    const client = proxy();
    await lastValueFrom(client.emit('flaky', 2), { defaultValue: undefined });
    await until(() => heard.includes('flaky'));
    expect(failures).toBe(3);
    expect(partsOf(application).link.counters.droppedEvents).toBe(0);

    failures = 0;
    await lastValueFrom(client.emit('flaky', 100), { defaultValue: undefined });
    await until(() => partsOf(application).link.counters.droppedEvents === 1);
    expect(failures).toBe(3);
  });

  it('when nobody runs, an event waits, also when its sender is gone', async () => {
    const client = proxy();
    await lastValueFrom(client.emit('opened', 'early'), { defaultValue: undefined });
    await client.close();
    await replica();
    await until(() => heard.includes('early'));
  });

  it('tells by its status when Redis goes and comes, and works again', async () => {
    const application = await replica();
    const client = proxy();
    await client.connect();
    const seen: string[] = [];
    application.status.subscribe((status) => seen.push(status));
    await redis.kill();
    await until(() => seen.includes('disconnected'));
    await redis.start();
    await until(() => seen.at(-1) === 'connected');
    expect(seen).toEqual(['connected', 'disconnected', 'connected']);
    expect(await firstValueFrom(client.send('add', [1, 2]))).toBe(3);
  });
});
