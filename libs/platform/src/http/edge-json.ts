import { formatAmount } from '../money/amount.js';

/**
 * Serialises a response: every bigint is an amount in base units and becomes a decimal string of AIT. Dates are left to
 * `JSON.stringify`, which writes ISO 8601. Fastify calls this for anything other than text and streams; a Nest
 * interceptor would wrap every request in observables, which costs more than the serialisation.
 */
export function writeEdgeJson(payload: unknown): string {
  return JSON.stringify(withDecimalAmounts(payload));
}

/** Copies only objects that contain a bigint; a response without amounts is returned as is. */
export function withDecimalAmounts(value: unknown): unknown {
  if (typeof value === 'bigint') return formatAmount(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return arrayWithDecimalAmounts(value);
  // Streams, buffers and dates have their own serialisation; views and plain objects are traversed.
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
