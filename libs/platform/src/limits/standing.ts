import { WINDOW_MS } from './request-windows.js';

/** A caller's rate limit status: the fields of the header `RateLimit` (draft-ietf-httpapi-ratelimit-headers). */
export interface Standing<L extends string = string> {
  readonly limit: L;
  readonly most: number;
  /** Negative if the caller has exceeded the limit. */
  readonly remaining: number;
  readonly resetSeconds: number;
}

export function rateLimitHeaders({ limit, most, remaining, resetSeconds }: Standing): Record<string, string> {
  return {
    'ratelimit-policy': `"${limit}";q=${most};w=${WINDOW_MS / 1_000}`,
    ratelimit: `"${limit}";r=${Math.max(0, remaining)};t=${resetSeconds}`,
  };
}
