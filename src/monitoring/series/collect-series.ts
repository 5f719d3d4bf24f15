import { Periodic, UnitOfWork } from '@aitbc/modulith';
import { Clock, MetricAnswers } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { SERIES } from './catalogue.js';
import { Evaluation } from './evaluation.js';
import type { Measure } from './measure.js';
import { Points } from './points.js';
import { FINEST, startOfPoint } from './resolutions.js';
import { Series } from './series.js';
import { readingsOf } from './source.js';
import type { ProcessSums } from './standing.js';

const LOOK_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 5 * 60_000;

/** Collects each series' parts from every process every ten seconds and stores the results. */
@Injectable()
export class CollectSeries implements OnApplicationBootstrap {
  private readonly logger = new Logger(CollectSeries.name);
  private readonly readings = SERIES.flatMap(({ source }) => readingsOf(source));
  private readonly evaluations = evaluationsOfAll();
  private lastPoint?: number;

  constructor(
    private readonly metrics: MetricAnswers,
    private readonly points: Points,
    private readonly series: Series,
    private readonly periodic: Periodic,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // Polls more often than it collects: otherwise the duration of a collection would skip a point now and then.
    this.periodic.every('collect-series', { everyMs: LOOK_EVERY_MS }, async () => {
      if (startOfPoint(this.clock.now(), FINEST).getTime() !== this.lastPoint) await this.collect();
    });
    this.periodic.every('forget-points', { everyMs: FORGET_EVERY_MS }, () =>
      this.unitOfWork.run(() => this.points.forget(this.clock.now())),
    );
  }

  /** Collects once; never queries a process twice for the same point. */
  async collect(): Promise<void> {
    const now = this.clock.now();
    const point = startOfPoint(now, FINEST).getTime();
    if (this.lastPoint !== point - FINEST.seconds * 1_000) await this.series.reload(now);
    this.lastPoint = point;
    const answers = await this.metrics.readAll(this.readings);
    const measures = this.measure(
      answers.map(({ process, answer }) => ({ process, sums: answer })),
      now,
    );
    this.series.add(measures, now);
    await this.keep(measures, now);
    await this.series.tellListeners(now);
  }

  private measure(answers: readonly ProcessSums[], now: Date): Map<string, Measure> {
    const measures = new Map<string, Measure>();
    for (const [name, evaluation] of this.evaluations) {
      const measure = evaluation.next(answers, now.getTime());
      if (measure) measures.set(name, measure);
    }
    return measures;
  }

  /** While its database is unavailable, it still passes the values to listeners. */
  private async keep(measures: ReadonlyMap<string, Measure>, now: Date): Promise<void> {
    try {
      await this.unitOfWork.run(() => this.points.add(measures, now));
    } catch (error) {
      if (!this.periodic.isLeader) throw error;
      this.logger.warn(`A collection could not be kept: ${String(error)}`);
    }
  }
}

function evaluationsOfAll(): ReadonlyMap<string, Evaluation> {
  let first = 0;
  return new Map(
    SERIES.map(({ name, source }) => {
      const evaluation = new Evaluation(source, first);
      first += readingsOf(source).length;
      return [name, evaluation];
    }),
  );
}
