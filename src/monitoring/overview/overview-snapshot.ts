import { APART } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { context as otel } from '@opentelemetry/api';
import { OverviewView } from '../contract/index.js';
import { KeySeries } from './key-series.js';
import { ModuleStatus } from './module-status.js';
import { ModuleSummaries } from './module-summaries.js';
import { problemsIn } from './problems.js';

const REFRESH_EVERY_MS = 10_000;
/** A younger snapshot is served as it is; an older one is served and renewed. */
const FRESH_MS = 1_000;

/**
 * The first screen of a dashboard, computed in the background: callers get the last snapshot at once, however expensive
 * it is and whichever module does not answer.
 */
@Injectable()
export class OverviewSnapshot implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(OverviewSnapshot.name);
  private last?: OverviewView;
  private making?: Promise<OverviewView>;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly summaries: ModuleSummaries,
    private readonly status: ModuleStatus,
    private readonly series: KeySeries,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.renew(), REFRESH_EVERY_MS).unref();
    this.renew();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Waits only if there is no snapshot yet. */
  async get(): Promise<OverviewView> {
    const { last } = this;
    if (!last) return this.refresh();
    const ageMs = this.clock.now().getTime() - last.generatedAt.getTime();
    // A clock that was set back must not keep an old one alive.
    if (Math.abs(ageMs) >= FRESH_MS) this.renew();
    return OverviewView.of({ ...last, ageSeconds: Math.max(0, ageMs) / 1_000 });
  }

  private renew(): void {
    void this.refresh().catch((error: unknown) => this.logger.warn(`There is no new overview: ${String(error)}`));
  }

  /** Computes a new snapshot, one at a time; outside any caller's identity, trace and deadline. */
  refresh(): Promise<OverviewView> {
    return (this.making ??= otel.with(APART, () => this.make()).finally(() => (this.making = undefined)));
  }

  private async make(): Promise<OverviewView> {
    const generatedAt = this.clock.now();
    const [{ summaries, unavailable }, modules, series] = await Promise.all([
      this.summaries.collect(),
      this.status.list(),
      this.series.sparklines(generatedAt),
    ]);
    const problems = problemsIn(modules, unavailable);
    this.last = OverviewView.of({ generatedAt, ageSeconds: 0, summaries, unavailable, modules, series, problems });
    return this.last;
  }
}
