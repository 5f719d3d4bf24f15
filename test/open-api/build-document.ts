import { readFileSync } from 'node:fs';
import { buildOpenApi } from '@aitbc/platform';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { modules } from '../../src/modules.js';
import { openApiOptions } from '../../src/open-api.js';

/** The document that the application serves, in a stable order: from the controllers alone, which nothing stands behind. */
export async function buildDocument(): Promise<OpenAPIObject> {
  const httpModules = await Promise.all(modules.map(({ loadHttp }) => loadHttp()));
  const controllers = httpModules.flatMap((each) => Reflect.getMetadata('controllers', each) as Type[]);
  const testing = await Test.createTestingModule({ controllers })
    .useMocker(() => ({}))
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
  try {
    return inOrder(
      buildOpenApi(app, await openApiOptions({ version: packageVersion(), url: 'https://aitbc.example' })),
    );
  } finally {
    await app.close();
  }
}

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Paths and schemas by their names: where a controller stands in the code changes nothing. */
export function inOrder(document: OpenAPIObject): OpenAPIObject {
  const { paths, components } = document;
  return {
    ...document,
    paths: sorted(paths),
    components: { ...components, schemas: sorted(components?.schemas ?? {}) },
  };
}

function sorted<T>(entries: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
