import { type HandlerOf, operationsOf, routeTemplate } from '@aitbc/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { isPublic, type Permission, permissions, type Permissions } from './permissions.js';

const CALLERS: Readonly<Record<Permission, string>> = {
  public: 'anybody',
  user: 'a signed-in user',
  operator: 'an operator or administrator',
  admin: 'an administrator',
  agent: 'an agent, by its token',
};

/** Writes into the OpenAPI document what holds for every operation: who may call it, and the Idempotency-Key. */
export function describeApi(document: OpenAPIObject, _handlerOf: HandlerOf, table: Permissions = permissions): void {
  for (const [method, path, operation] of operationsOf(document)) {
    const permission = [table[routeTemplate(method, path)] ?? []].flat();
    operation.security = isPublic(permission) ? [] : [{ bearer: [] }];
    const callers = `For ${permission.map((each) => CALLERS[each]).join(', or ')}.`;
    operation.description = [operation.description, callers].filter(Boolean).join('\n\n');
    Object.assign(operation, { 'x-permission': permission });
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
