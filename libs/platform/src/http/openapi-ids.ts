import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type HandlerOf, operationsOf } from './openapi-operations.js';
import { ParseUuid } from './parse-uuid.js';

type Schema = Record<string, unknown>;

const IS_ID = /^(id|.+Ids?)$/;
const UUID = /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * Adds `format: uuid` to parameters that {@link ParseUuid} reads, and to fields named like ids whose example, if any,
 * is a UUID.
 */
export function formatIds(
  document: OpenAPIObject,
  controllers: ReadonlyMap<string, object>,
  handlerOf: HandlerOf,
): void {
  for (const [, , operation] of operationsOf(document)) {
    const [controller, method] = handlerOf(operation).split('.') as [string, string];
    const parsed = uuidParameters(controllers.get(controller), method);
    for (const parameter of operation.parameters ?? []) {
      if (!('in' in parameter)) continue;
      const schema = (parameter.schema ?? {}) as Schema;
      if (parameter.in === 'path' && parsed.has(parameter.name)) schema['format'] = 'uuid';
      if (parameter.in === 'query') formatId(parameter.name, schema);
    }
  }
  for (const schema of Object.values(document.components?.schemas ?? {})) {
    for (const [name, field] of Object.entries((schema as { properties?: Record<string, Schema> }).properties ?? {})) {
      formatId(name, field);
    }
  }
}

function formatId(name: string, schema: Schema): void {
  if (!IS_ID.test(name)) return;
  const target = schema['type'] === 'array' ? ((schema['items'] ?? {}) as Schema) : schema;
  const shown: unknown = [schema['example'] ?? target['example']].flat()[0];
  if (![target['type']].flat().includes('string') || 'pattern' in target || 'format' in target) return;
  if (shown === undefined || shown === null || (typeof shown === 'string' && UUID.test(shown))) {
    target['format'] = 'uuid';
  }
}

function uuidParameters(controller: object | undefined, method: string): ReadonlySet<unknown> {
  type Argument = { readonly data?: unknown; readonly pipes: readonly unknown[] };
  const found = controller && (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, method) as object | undefined);
  const read = Object.values(found ?? {}) as Argument[];
  return new Set(read.filter(({ pipes }) => pipes.includes(ParseUuid)).map(({ data }) => data));
}
