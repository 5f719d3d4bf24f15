import { ValidationFailed } from '@aitbc/modulith';

type CursorValue = string | number | boolean | bigint | Date | null;
type Encoded = string | number | boolean | null | { n: string } | { d: number };

/**
 * Writes the sort values of a page's last row as an opaque cursor.
 * @param values strings, finite numbers, booleans, bigints, dates or null
 */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values.map(encode))).toString('base64url');
}

/** @throws ValidationFailed naming `cursor` when it is none that {@link encodeCursor} wrote. */
export function decodeCursor(cursor: string): CursorValue[] {
  const values = readCursor(cursor);
  if (!values) throw new ValidationFailed([{ field: 'cursor', message: 'cursor must come from an earlier page' }]);
  return values;
}

export function isCursor(cursor: unknown): cursor is string {
  return typeof cursor === 'string' && readCursor(cursor) !== undefined;
}

function encode(value: unknown): Encoded {
  if (typeof value === 'bigint') return { n: value.toString() };
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { d: value.getTime() };
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`A ${typeof value} cannot be part of a cursor.`);
}

function readCursor(cursor: string): CursorValue[] | undefined {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values.map(decode) : undefined;
  } catch {
    return undefined;
  }
}

function decode(value: unknown): CursorValue {
  if (value === null || typeof value !== 'object') return value as CursorValue;
  if ('n' in value && typeof value.n === 'string' && /^-?\d{1,100}$/.test(value.n)) return BigInt(value.n);
  if ('d' in value && typeof value.d === 'number' && Math.abs(value.d) <= 8.64e15) return new Date(value.d);
  throw new TypeError('not part of a cursor');
}
