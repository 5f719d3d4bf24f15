import type { ObjectLiteral, Repository } from 'typeorm';

/**
 * Deletes rows whose time, stored with {@link instant}, is earlier than the given one; rows without a time stay.
 *
 * Compares milliseconds, not `LessThan(date)`: in a delete, TypeORM passes on a date in an operator unconverted, which
 * Postgres rejects and SQLite considers greater than every number.
 */
export async function deleteBefore<T extends ObjectLiteral>(
  rows: Repository<T>,
  field: keyof T & string,
  time: Date,
): Promise<void> {
  const column = rows.metadata.findColumnWithPropertyName(field)!.databaseName;
  await rows.createQueryBuilder().delete().where(`${column} < :time`, { time: time.getTime() }).execute();
}
