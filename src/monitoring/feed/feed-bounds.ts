import type { DataSource } from 'typeorm';

type Bound = string | number | null;

/** The sequences of the oldest and the newest stored entry; 0 and 0 for a feed that never had any. */
export async function feedBounds(database: DataSource): Promise<{ oldest: number; newest: number }> {
  const bounds = await database
    .createQueryBuilder()
    .select('(SELECT MIN(sequence) FROM monitoring_feed)', 'oldest')
    .addSelect('MAX(sequence)', 'newest')
    .from('monitoring_feed', 'feed')
    .getRawOne<{ oldest: Bound; newest: Bound }>();
  return { oldest: Number(bounds?.oldest ?? 0), newest: Number(bounds?.newest ?? 0) };
}
