import { In, type ObjectLiteral, type Repository } from 'typeorm';
import { SparingRead } from '../telemetry/sparing-read.js';

/**
 * Row counts by status. Final statuses, which only grow, are counted at intervals; the others on every call. Cheap with
 * an index that starts with the status.
 */
export class StatusCounts<S extends string> {
  private readonly ended: SparingRead<Partial<Record<S, number>>>;

  /** @param rows the repository of an entity with a property `status` */
  constructor(
    private readonly rows: Repository<ObjectLiteral>,
    private readonly open: readonly S[],
    private readonly last: readonly S[],
  ) {
    this.ended = new SparingRead(() => this.count(last));
  }

  /** Includes statuses without rows. */
  async get(): Promise<Record<S, number>> {
    const none = Object.fromEntries([...this.open, ...this.last].map((status) => [status, 0])) as Record<S, number>;
    return { ...none, ...(await this.ended.get()), ...(await this.count(this.open)) };
  }

  private async count(statuses: readonly S[]): Promise<Partial<Record<S, number>>> {
    const counts = await this.rows
      .createQueryBuilder('row')
      .select('row.status', 'status')
      .addSelect('COUNT(*)', 'count')
      .where({ status: In([...statuses]) })
      .groupBy('row.status')
      .getRawMany<{ status: S; count: string | number }>();
    return Object.fromEntries(counts.map(({ status, count }) => [status, Number(count)])) as Partial<Record<S, number>>;
  }
}

/** As samples of a gauge with the label `status`. */
export function byStatus(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).map(([status, count]) => [{ status }, count] as const);
}
