import { operationsOf, routeTemplate } from '@aitbc/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { isPublic, permissions, type Permissions } from './permissions.js';

/** Writes into the OpenAPI document what holds for every operation: who may call it, and the Idempotency-Key. */
export function describeApi(document: OpenAPIObject, table: Permissions = permissions): void {
  for (const [method, path, operation] of operationsOf(document)) {
    const permission = table[routeTemplate(method, path)] ?? [];
    operation.security = isPublic(permission) ? [] : [{ bearer: [] }];
    Object.assign(operation, { 'x-permission': [permission].flat() });
    if (method !== 'POST') continue;
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description:
          'Sent again with the same key within 24 hours, the request does nothing new and is answered as before.',
        schema: { type: 'string', minLength: 1, maxLength: 255 },
      },
    ];
  }
}
