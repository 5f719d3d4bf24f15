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

/** The points stored in the database. Call writing methods inside a unit of work. */
@Injectable()
export class Points {
  constructor(@InjectRepository(Point, 'monitoring') private readonly points: Repository<Point>) {}

  /** Stores the current measures and updates the coarser points that contain them. */
  async add(measures: ReadonlyMap<string, Measure>, now: Date): Promise<void> {
    if (measures.size === 0) return;
    const at = startOfPoint(now, FINEST);
    const rows = [...measures].map(([series, measure]) => ({ resolution: FINEST.seconds, series, at, ...measure }));
    // After a clock was set back, the same point is measured again.
    await this.points.upsert(rows, ['resolution', 'series', 'at']);
    for (const [step, coarse] of RESOLUTIONS.slice(1).entries()) {
      await this.rollUp([...measures.keys()], RESOLUTIONS[step]!, coarse, now);
    }
  }

  /** Recomputed from all finer points each time: a killed process leaves no partial sums. */
  private async rollUp(series: readonly string[], fine: Resolution, coarse: Resolution, now: Date): Promise<void> {
    const from = startOfPoint(now, coarse).getTime();
    const to = from + coarse.seconds * 1_000;
    // Without the names, which precede the time in the key, the query would scan a whole resolution.
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

  /** Points that begin within a period, oldest first. */
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

  /** Totals and weights of several series over a period. */
  async sums(series: readonly string[], { seconds }: Resolution, from: Date, to: Date): Promise<SummedPoints[]> {
    const rows = await this.points
      .createQueryBuilder('point')
      .select('point.series', 'series')
      .addSelect('SUM(point.total)', 'total')
      .addSelect('SUM(point.weight)', 'weight')
      .where({ resolution: seconds, series: In([...series]) })
      // Milliseconds: outside of `find`, TypeORM does not transform dates.
      .andWhere('point.at BETWEEN :from AND :to', { from: from.getTime(), to: to.getTime() })
      .groupBy('point.series')
      .getRawMany<{ series: string; total: number | string; weight: number | string }>();
    return rows.map((row) => ({ series: row.series, total: Number(row.total), weight: Number(row.weight) }));
  }

  /** Deletes points past their retention. */
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
