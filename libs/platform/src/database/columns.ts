import type { QueryRunner, ValueTransformer } from 'typeorm';

const AMOUNT_DIGITS = 78;

/** Base units as a fixed-width decimal string: text order equals numeric order on every database. */
export function padAmount(amount: bigint): string {
  if (amount < 0n) throw new RangeError('A stored amount is never negative.');
  return amount.toString().padStart(AMOUNT_DIGITS, '0');
}

/** For `{ type: 'varchar', length: 78 }`: bigint base units in code, zero-padded digits in the column. */
export const amountColumn: ValueTransformer = {
  to: (amount: unknown) => (typeof amount === 'bigint' ? padAmount(amount) : amount),
  from: (stored: string | null) => (stored === null ? null : BigInt(stored)),
};

/** For `{ type: 'bigint' }`: a Date in code, milliseconds since the epoch in the column (Postgres returns text). */
export const instant: ValueTransformer = {
  to: (date: unknown) => (date instanceof Date ? date.getTime() : date),
  from: (stored: string | number | null) => (stored === null ? null : new Date(Number(stored))),
};

/** For `{ type: 'bigint' }`: a number within 53 bits (Postgres returns text). */
export const countColumn: ValueTransformer = {
  to: (count: unknown) => count,
  from: (stored: string | number | null) => (stored === null ? null : Number(stored)),
};

/** For `{ type: 'text' }`: any JSON value. */
export const jsonColumn: ValueTransformer = {
  to: (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value)),
  from: (stored: string | null) => (stored === null ? null : (JSON.parse(stored) as unknown)),
};

/** The column type for bytes in a migration. */
export function bytesType(queryRunner: QueryRunner): 'blob' | 'bytea' {
  return queryRunner.connection.options.type === 'postgres' ? 'bytea' : 'blob';
}
