import type { RouteTemplate } from '@aitbc/platform';

/**
 * They create nothing that a repeat would duplicate, and their answers are secrets that are not stored, are valid for
 * minutes only, or are constant: a transaction is identified by its hash, and a stranger's keys must not fill the
 * database.
 */
export const NEVER_REPLAYED: ReadonlySet<RouteTemplate> = new Set<RouteTemplate>([
  'POST /v1/auth/login',
  'POST /v1/auth/passkeys/login',
  'POST /v1/auth/passkeys/login/options',
  'POST /v1/auth/passkeys/options',
  'POST /v1/auth/refresh',
  'POST /rpc',
]);
