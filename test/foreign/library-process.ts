import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import * as messages from './library/messages.js';

/*
 * A process of the library. Its first line says how it is to run; each further line is a message for one of the buses,
 * `["execute" | "ask", class, …arguments]`, and is answered by a line.
 */

interface Options {
  readonly database: string;
  /** Absent: the library as it was found, in one process. */
  readonly hosted?: readonly string[];
  readonly redisUrl?: string;
}

type MessageClass = new (...args: unknown[]) => object;

const messageClasses = new Map(Object.entries(messages) as [string, MessageClass][]);
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const options = JSON.parse((await lines.next()).value as string) as Options;

async function library({ database, hosted, redisUrl }: Options): Promise<Type | DynamicModule> {
  if (!hosted) return (await import('./library/library.modules.js')).LibraryModule.on(database);
  const { ModulithModule } = await import('@aitbc/modulith');
  const { catalogueContract, lendingContract } = await import('./adopted/contracts.js');
  const adopted = await import('./adopted/library.modules.js');
  const modules: Record<string, Type> = { catalogue: adopted.CatalogueModule, lending: adopted.LendingModule };

  class Library {}
  Module({
    imports: [
      ModulithModule.forRoot({
        contracts: [catalogueContract, lendingContract],
        hosted,
        databaseUrl: () => `sqlite:${database}`,
        secret: 'library card',
        parity: 'fast',
        redisUrl,
      }),
      ...hosted.map((name) => modules[name]!),
    ],
  })(Library);
  return Library;
}

const app = await NestFactory.createApplicationContext(await library(options), { logger: ['error'] });
writeSync(1, 'ready\n');
for await (const line of lines) {
  const [how, name, ...args] = JSON.parse(line) as ['execute' | 'ask', string, ...unknown[]];
  const message = new (messageClasses.get(name)!)(...args);
  const answer: unknown = await (
    how === 'ask' ? app.get(QueryBus).execute(message) : app.get(CommandBus).execute(message)
  ).catch((error: Error) => ({ failed: error.message }));
  writeSync(1, `${JSON.stringify(answer ?? null)}\n`);
}
await app.close();
