import { createHash } from 'node:crypto';
import { ValidationFailed } from '@aitbc/modulith';
import { isUUID } from 'class-validator';
import { MAX_INTEGER } from '../validation/whole-number.js';

/** The possible parts of a cursor: the columns that a list is sorted by. */
interface CursorValues {
  readonly id: string;
  /** 32 hex digits. */
  readonly traceId: string;
  /** Not negative, within the range of an `integer` column. */
  readonly integer: number;
  readonly moment: Date;
  readonly amount: bigint;
}

type CursorPart = keyof CursorValues;
type Position<P extends readonly CursorPart[]> = { -readonly [K in keyof P]: CursorValues[P[K]] };

/** The parameters of a list request; a cursor stores all but the page size. */
export interface Asked {
  readonly cursor?: string;
  readonly limit?: number;
}

interface Written {
  write(value: unknown): unknown;
  read(written: unknown): unknown;
}

const MAX_MOMENT = 8.64e15;
const NO_FILTERS: ReadonlySet<string> = new Set(['cursor', 'limit'] satisfies (keyof Asked)[]);

const PARTS: Readonly<Record<CursorPart, Written>> = {
  id: { write: (value) => value, read: (value) => (isUUID(value) ? (value as string).toLowerCase() : undefined) },
  traceId: {
    write: (value) => value,
    read: (value) => (typeof value === 'string' && /^[0-9a-f]{32}$/.test(value) ? value : undefined),
  },
  integer: { write: (value) => value, read: (value) => (isBetween(value, 0, MAX_INTEGER) ? value : undefined) },
  moment: {
    write: (value) => (value as Date).getTime(),
    read: (value) => (isBetween(value, -MAX_MOMENT, MAX_MOMENT) ? new Date(value) : undefined),
  },
  amount: {
    write: (value) => (value as bigint).toString(),
    read: (value) => (typeof value === 'string' && /^\d{1,78}$/.test(value) ? BigInt(value) : undefined),
  },
};

/**
 * The cursors of one list: opaque to clients, typed, and valid only for the list and the filters that they were created
 * with.
 */
export class Cursors<const P extends readonly CursorPart[]> {
  private readonly parts: readonly Written[];

  /**
   * @param list a unique name of the list
   * @param parts what the items are sorted by
   */
  constructor(
    private readonly list: string,
    ...parts: P
  ) {
    this.parts = parts.map((part) => PARTS[part]);
  }

  /** Encodes the sort values of a page's last item. */
  after(asked: Asked, values: Position<P>): string {
    const written = this.parts.map((part, at) => part.write(values[at]));
    return Buffer.from(JSON.stringify([this.seal(asked), ...written])).toString('base64url');
  }

  /**
   * The start of a page: after the item with these sort values; undefined for the first page.
   * @throws ValidationFailed naming `cursor` if it belongs to another list or other filters
   */
  position(asked: Asked): Position<P> | undefined {
    if (asked.cursor === undefined) return undefined;
    const [seal, ...written] = fieldsOf(asked.cursor) ?? [];
    const values = this.parts.map((part, at) => part.read(written[at]));
    if (seal === this.seal(asked) && written.length === values.length && !values.includes(undefined)) {
      return values as Position<P>;
    }
    throw new ValidationFailed([
      { field: 'cursor', message: 'cursor must come from an earlier page of the same list with the same filters' },
    ]);
  }

  /** The next cursor of a page; null if there are no further items. */
  next<T>(asked: Asked, found: readonly T[], limit: number, valuesOf: (last: T) => Position<P>): string | null {
    return found.length > limit ? this.after(asked, valuesOf(found[limit - 1]!)) : null;
  }

  private seal(asked: Asked): string {
    const given = Object.entries(asked).filter(([field, value]) => !NO_FILTERS.has(field) && value !== undefined);
    const text = JSON.stringify([this.list, given.sort(([one], [other]) => (one < other ? -1 : 1))], exactly);
    return createHash('sha256').update(text).digest('base64url').slice(0, 10);
  }
}

/** Whether a value looks like a cursor of any list. */
export function isCursor(cursor: unknown): cursor is string {
  return typeof cursor === 'string' && cursor.length <= 1_000 && typeof fieldsOf(cursor)?.[0] === 'string';
}

function fieldsOf(cursor: string): unknown[] | undefined {
  if (!/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(fields) ? fields : undefined;
  } catch {
    return undefined;
  }
}

function isBetween(value: unknown, least: number, most: number): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}

const exactly = (_key: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
