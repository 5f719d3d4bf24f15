import { Injectable, Logger } from '@nestjs/common';
import { SparklineView } from '../contract/index.js';
import { meanOf } from '../series/measure.js';
import { Points } from '../series/points.js';
import { resolutionNamed, startOfPoint } from '../series/resolutions.js';
import { Series } from '../series/series.js';

const LAST_MS = 3_600_000;
const RESOLUTION = resolutionNamed('1m');

/** The series of the first screen, in display order. */
const SHOWN = [
  'http_requests_per_second',
  'http_error_ratio',
  'http_latency_p95_seconds',
  'agents_online',
  'jobs_queued',
  'job_queue_wait_p95_seconds',
  'bookings_open',
  'escrow_held_ait',
  'outbox_oldest_age_seconds',
  'chain_head_age_seconds',
] as const;

/** The series of the first screen over the last hour, one point a minute. */
@Injectable()
export class KeySeries {
  private readonly logger = new Logger(KeySeries.name);

  constructor(
    private readonly points: Points,
    private readonly series: Series,
  ) {}

  async sparklines(now: Date): Promise<SparklineView[]> {
    const first = startOfPoint(new Date(now.getTime() - LAST_MS), RESOLUTION);
    const minutes = Array.from(
      { length: LAST_MS / (RESOLUTION.seconds * 1_000) + 1 },
      (_, at) => first.getTime() + at * 60_000,
    );
    const lines = await this.lines(first, now);
    return SHOWN.map((name) => {
      const values = lines.get(name);
      const points = minutes.map((minute) => values?.get(minute) ?? null);
      const value = points.findLast((point) => point !== null) ?? null;
      return SparklineView.of({ name, unit: this.series.definitionOf(name)!.unit, value, points });
    });
  }

  /** An overview without charts is better than none. */
  private async lines(from: Date, to: Date): Promise<Map<string, Map<number, number>>> {
    const lines = new Map<string, Map<number, number>>();
    try {
      for (const point of await this.points.allBetween(RESOLUTION, from, to, SHOWN)) {
        const line = lines.get(point.series) ?? new Map<number, number>();
        lines.set(point.series, line.set(point.at.getTime(), meanOf(point)));
      }
    } catch (error) {
      this.logger.warn(`The series of the overview could not be read: ${String(error)}`);
    }
    return lines;
  }
}
