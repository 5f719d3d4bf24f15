import { writeSync } from 'node:fs';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ModulithModule } from '@aitbc/modulith';
import * as errands from '../errands.js';
import * as sample from '../sample.js';

/*
 * A process that hosts some modules until it is killed. It reads one line of options, says `ready`, and says of each
 * errand that it began it. An errand called `hang…` is never finished here.
 */

interface Options {
  readonly hosted: readonly string[];
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly prefix: string;
}

const options = JSON.parse(
  await new Promise<string>((resolve) => process.stdin.once('data', (data) => resolve(String(data)))),
) as Options;

const modules: Record<string, Type> = {
  shop: sample.ShopModule,
  stock: sample.StockModule,
  office: errands.OfficeModule,
  porter: errands.PorterModule,
};

errands.Errands.beforeWriting = async (id) => {
  writeSync(1, `began ${id}\n`);
  if (id.startsWith('hang')) await new Promise(() => undefined);
};

@Module({
  imports: [
    ModulithModule.forRoot({
      contracts: [sample.shopContract, sample.stockContract, ...errands.contracts],
      hosted: options.hosted,
      databaseUrl: () => options.databaseUrl,
      secret: 'scenario',
      parity: 'fast',
      redisUrl: options.redisUrl,
      transport: { prefix: options.prefix },
    }),
    ...options.hosted.map((name) => modules[name]!),
  ],
})
class ReplicaProcess {}

await NestFactory.createApplicationContext(ReplicaProcess, { logger: ['error'] });
writeSync(1, 'ready\n');
