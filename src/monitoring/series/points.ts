import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Between, In, Repository } from 'typeorm';
import type { Measure } from './measure.js';
import { Point } from './point.entity.js';
import { FINEST, type Resolution, RESOLUTIONS, startOfPoint } from './resolutions.js';

export interface SummedPoints {
  readonly series: string;
  readonly total: number;
  readonly weight: number;
}

/** The points kept in the database. What writes belongs into a unit of work. */
@Injectable()
export class Points {
  constructor(@InjectRepository(Point, 'monitoring') private readonly points: Repository<Point>) {}

  /** Keeps what was measured now, and brings the coarser points that it lies in up to date. */
  async add(measures: ReadonlyMap<string, Measure>, now: Date): Promise<void> {
    if (measures.size === 0) return;
    const at = startOfPoint(now, FINEST);
    const rows = [...measures].map(([series, measure]) => ({ resolution: FINEST.seconds, series, at, ...measure }));
    // A clock that was set back comes to the same point again.
    await this.points.upsert(rows, ['resolution', 'series', 'at']);
    for (const [step, coarse] of RESOLUTIONS.slice(1).entries()) {
      await this.rollUp([...measures.keys()], RESOLUTIONS[step]!, coarse, now);
    }
  }

  /** Made anew from all finer points each time: whoever was killed in between leaves nothing half added up. */
  private async rollUp(series: readonly string[], fine: Resolution, coarse: Resolution, now: Date): Promise<void> {
    const from = startOfPoint(now, coarse).getTime();
    const to = from + coarse.seconds * 1_000;
    // Without the names, between resolution and time in the key, a whole resolution would be looked through.
    const numbered = this.points.manager.connection.options.type === 'postgres';
    const names = series.map((_, at) => (numbered ? `$${at + 1}` : '?'));
    await this.points.query(
      `INSERT INTO monitoring_points (resolution, series, at, lowest, highest, total, weight)
       SELECT ${coarse.seconds}, series, ${from}, MIN(lowest), MAX(highest), SUM(total), SUM(weight)
       FROM monitoring_points
       WHERE resolution = ${fine.seconds} AND series IN (${names.join(', ')}) AND at >= ${from} AND at < ${to}
       GROUP BY series
       ON CONFLICT (resolution, series, at) DO UPDATE
       SET lowest = excluded.lowest, highest = excluded.highest, total = excluded.total, weight = excluded.weight`,
      [...series],
    );
  }

  /** Points that begin within a time, oldest first. */
  between(series: string, { seconds }: Resolution, from: Date, to: Date): Promise<Point[]> {
    return this.points.find({
      where: { resolution: seconds, series, at: Between(from, to) },
      order: { at: 'ASC' },
    });
  }

  /** The same for several series. */
  allBetween({ seconds }: Resolution, from: Date, to: Date, series: readonly string[]): Promise<Point[]> {
    return this.points.find({
      where: { resolution: seconds, series: In([...series]), at: Between(from, to) },
      order: { at: 'ASC' },
    });
  }

  /** Totals and weights of several series over a time. */
  async sums(series: readonly string[], { seconds }: Resolution, from: Date, to: Date): Promise<SummedPoints[]> {
    const rows = await this.points
      .createQueryBuilder('point')
      .select('point.series', 'series')
      .addSelect('SUM(point.total)', 'total')
      .addSelect('SUM(point.weight)', 'weight')
      .where({ resolution: seconds, series: In([...series]) })
      // Milliseconds: outside of `find` TypeORM leaves a date in an operator as it is.
      .andWhere('point.at BETWEEN :from AND :to', { from: from.getTime(), to: to.getTime() })
      .groupBy('point.series')
      .getRawMany<{ series: string; total: number | string; weight: number | string }>();
    return rows.map((row) => ({ series: row.series, total: Number(row.total), weight: Number(row.weight) }));
  }

  /** Deletes what is no longer kept. */
  async forget(now: Date): Promise<void> {
    for (const { seconds, keptMs } of RESOLUTIONS) {
      await this.points
        .createQueryBuilder()
        .delete()
        .where('resolution = :seconds AND at < :time', { seconds, time: now.getTime() - keptMs })
        .execute();
    }
  }
}
