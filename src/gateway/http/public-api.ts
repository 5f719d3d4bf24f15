import { type AppConfig, type HttpOptions, MEBIBYTE } from '@aitbc/platform';
import { permissions, type Permissions } from '../permissions.js';
import { describeApi } from './describe-api.js';

/** What `configureHttp` needs to serve the public API. */
export function publicApi(config: Pick<AppConfig, 'corsOrigins'>, table: Permissions = permissions): HttpOptions {
  return {
    corsOrigins: config.corsOrigins,
    // A WASM module of up to 1 MiB travels as base64.
    bodyLimits: { 'POST /v1/jobs': 2 * MEBIBYTE },
    openApi: {
      title: 'AITBC',
      description:
        'A marketplace for AI compute. Amounts are decimal strings of AIT, times ISO 8601 in UTC, ids UUIDs. Every error is a problem (RFC 9457) with a stable `code`.',
      version: '1',
      describe: (document) => describeApi(document, table),
    },
  };
}
