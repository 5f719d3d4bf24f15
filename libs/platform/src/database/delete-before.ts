import type { ObjectLiteral, Repository } from 'typeorm';

/**
 * Deletes the rows whose time, kept with {@link instant}, is earlier than another; those without a time stay.
 *
 * In milliseconds, not `LessThan(date)`: in a delete TypeORM leaves a date in an operator as it is, which Postgres refuses
 * and SQLite finds greater than every number.
 */
export async function deleteBefore<T extends ObjectLiteral>(
  rows: Repository<T>,
  field: keyof T & string,
  time: Date,
): Promise<void> {
  const column = rows.metadata.findColumnWithPropertyName(field)!.databaseName;
  await rows.createQueryBuilder().delete().where(`${column} < :time`, { time: time.getTime() }).execute();
}
