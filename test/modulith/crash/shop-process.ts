import { writeSync } from 'node:fs';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { ModulithModule, Runtime } from '@aitbc/modulith';
import * as sample from '../sample.js';

/*
 * A process that places orders until it is killed. It reads one line, `{ url, round, dieAfter }`, and says what was
 * acknowledged to it, a line per order. With `dieAfter` it dies by itself, between a commit and its dispatch.
 */

interface Orders {
  readonly url: string;
  readonly round: number;
  readonly dieAfter?: number;
}

const LANES = 4;

const orders = JSON.parse(
  await new Promise<string>((resolve) => process.stdin.once('data', (data) => resolve(String(data)))),
) as Orders;

@Module({
  imports: [
    ModulithModule.forRoot({
      contracts: [sample.shopContract, sample.stockContract],
      hosted: ['shop', 'stock'],
      databaseUrl: () => orders.url,
      secret: 'shop process',
      parity: 'fast',
      retry: { attempts: 5, firstDelayMs: 5, maxDelayMs: 50 },
    }),
    sample.ShopModule,
    sample.StockModule,
  ],
})
class ShopProcess {}

const app = await NestFactory.createApplicationContext(ShopProcess, { logger: ['error'] });
const commands = app.get(CommandBus);
const runtime = app.get(Runtime);
const behaviour = app.get(sample.Behaviour, { strict: false });

if (orders.dieAfter !== undefined) {
  const committed = runtime.committed.bind(runtime);
  let commits = 0;
  runtime.committed = (module, publications, addressed, scope) => {
    if (module === 'shop' && ++commits > orders.dieAfter!) process.kill(process.pid, 'SIGKILL');
    else committed(module, publications, addressed, scope);
  };
}

await Promise.all(
  Array.from({ length: LANES }, async (_, lane) => {
    for (let turn = 0; ; turn++) {
      // Every other order is one of a kind; the rest share a few ids, whose events must keep their order.
      const id = turn % 2 === 0 ? `r${orders.round}-${lane}-${turn}` : `shared-${turn % 3}`;
      try {
        await commands.execute(sample.PlaceOrder.of({ id, count: 1 }));
        writeSync(1, `ack ${id}\n`);
      } catch (error) {
        if ((error as { code?: string }).code !== 'concurrency_conflict') throw error;
      }
      for (const each of behaviour.outOfOrder.splice(0)) writeSync(1, `out of order ${each}\n`);
    }
  }),
);
