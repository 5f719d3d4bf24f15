import { randomBytes } from 'node:crypto';

const pattern = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/;

/** The W3C traceparent for the next request of a trace; undefined if there is no trace to continue. */
export function continueTraceparent(traceparent: string | null | undefined): string | undefined {
  const [, traceId, flags] = pattern.exec(traceparent ?? '') ?? [];
  return traceId && `00-${traceId}-${randomBytes(8).toString('hex')}-${flags}`;
}
