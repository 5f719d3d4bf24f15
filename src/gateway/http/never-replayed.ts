import type { RouteTemplate } from '@aitbc/platform';

/**
 * They create nothing that a repeat would create twice, and their answers are secrets that are not kept, are good for
 * minutes only, or do not differ: a transaction is known by its hash, and a stranger's keys must not fill the database.
 */
export const NEVER_REPLAYED: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>([
  'POST /v1/auth/login',
  'POST /v1/auth/passkeys/login',
  'POST /v1/auth/passkeys/login/options',
  'POST /v1/auth/passkeys/options',
  'POST /v1/auth/refresh',
  'POST /rpc',
]);
