import { formatAmount } from '../money/amount.js';

/**
 * Writes an answer as clients read it: every bigint in it is base units and leaves as a decimal string of AIT. Dates are
 * left to `JSON.stringify`, which writes them in ISO 8601. Fastify calls it for what is neither text nor a stream; as an
 * interceptor of Nest it would wrap every request in observables, which costs more than the writing.
 */
export function writeEdgeJson(payload: unknown): string {
  return JSON.stringify(withDecimalAmounts(payload));
}

/** Copies only what holds a bigint; an answer without amounts is returned as it is. */
export function withDecimalAmounts(value: unknown): unknown {
  if (typeof value === 'bigint') return formatAmount(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return arrayWithDecimalAmounts(value);
  // Streams, buffers and dates are sent by their own rules; views and plain objects are looked into.
  if (value instanceof Date || ArrayBuffer.isView(value) || 'pipe' in value) return value;
  let copy: Record<string, unknown> | undefined;
  const fields = value as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field !== 'bigint' && typeof field !== 'object') continue;
    const written = withDecimalAmounts(field);
    if (written !== field) (copy ??= { ...fields })[key] = written;
  }
  return copy ?? value;
}

function arrayWithDecimalAmounts(items: readonly unknown[]): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let at = 0; at < items.length; at++) {
    const written = withDecimalAmounts(items[at]);
    if (written !== items[at]) (copy ??= [...items])[at] = written;
  }
  return copy ?? items;
}
