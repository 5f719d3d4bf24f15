import { type HandlerOf, operationsOf, routeTemplate } from '@aitbc/platform';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ProblemDescriptions } from './describe-problems.js';
import { NEVER_REPLAYED } from './never-replayed.js';
import { isPublic, type Permission, permissions, type Permissions } from './permissions.js';

const CALLERS: Readonly<Record<Permission, string>> = {
  public: 'anybody',
  user: 'a signed-in user',
  operator: 'an operator or administrator',
  admin: 'an administrator',
  agent: 'an agent, by its token',
};

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Sent again with the same key within 24 hours, the request does nothing new and is answered as before.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

/** Adds the parts common to all operations to the OpenAPI document: permissions, refusals, and the Idempotency-Key. */
export function describeApi(document: OpenAPIObject, handlerOf: HandlerOf, table: Permissions = permissions): void {
  const problems = new ProblemDescriptions();
  for (const [method, path, operation] of operationsOf(document)) {
    const permission = [table[routeTemplate(method, path)] ?? []].flat();
    operation.security = isPublic(permission) ? [] : [{ bearer: [] }];
    const callers = `For ${permission.map((each) => CALLERS[each]).join(', or ')}.`;
    operation.description = [operation.description, callers].filter(Boolean).join('\n\n');
    Object.assign(operation, { 'x-permission': permission });
    const isReplayed = method === 'POST' && !NEVER_REPLAYED.has(routeTemplate(method, path));
    if (isReplayed) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
    problems.add({ method, operation, handler: handlerOf(operation), isPublic: isPublic(permission), isReplayed });
  }
  problems.finish(document);
}
