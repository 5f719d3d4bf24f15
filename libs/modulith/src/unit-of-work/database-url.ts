import { resolve } from 'node:path';
import { ModulithError } from '../contract/errors.js';

export type DatabaseTarget =
  { readonly type: 'sqlite'; readonly path: string } | { readonly type: 'postgres'; readonly url: string };

/**
 * Reads `sqlite:./path` or `postgres://…`.
 * @throws ModulithError `invalid_database_url` for anything else.
 */
export function parseDatabaseUrl(url: string): DatabaseTarget {
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) return { type: 'postgres', url };
  const path = /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
  // Writer and readers use separate connections, so an in-memory database would be several.
  if (path && !path.includes(':memory:')) return { type: 'sqlite', path: resolve(path) };
  throw new ModulithError(
    'invalid_database_url',
    `A database URL is "sqlite:./file" or "postgres://…", not "${url.split(':')[0]}:…".`,
  );
}
