import { Periodic } from '@aitbc/modulith';
import { Clock, type RecordedSpan, RecentTraces, TraceAnswers } from '@aitbc/platform';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { TraceAdmission } from './trace-admission.js';
import { TraceStore } from './trace-store.js';

const COLLECT_EVERY_MS = 2_000;
const PRUNE_EVERY_MS = 60_000;
/** Rounds per run; the rest waits for the next run. */
const MAX_ROUNDS = 2;

/**
 * Pulls the spans of kept traces from all processes and stores them. Processes do not push: no process waits for an
 * unavailable monitoring, and spans that overflow their memory meanwhile are counted.
 */
@Injectable()
export class CollectTraces implements OnApplicationBootstrap {
  private readonly admission = new TraceAdmission();

  constructor(
    private readonly answers: TraceAnswers,
    private readonly store: TraceStore,
    private readonly recent: RecentTraces,
    private readonly periodic: Periodic,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.periodic.every('collect-traces', { everyMs: COLLECT_EVERY_MS }, () => this.collect());
    this.periodic.every('prune-traces', { everyMs: PRUNE_EVERY_MS }, () => this.store.prune(this.clock.now()));
  }

  async collect(): Promise<void> {
    this.recent.pass();
    for (let round = 0, more = true; more && round < MAX_ROUNDS; round++) {
      const kept = await this.answers.fetch();
      const problems = new Set(kept.problems);
      const now = this.clock.now();
      const admitted = kept.spans
        // Problems first, before sampled traces use up the minute's quota.
        .toSorted((a, b) => Number(problems.has(b.traceId)) - Number(problems.has(a.traceId)))
        .filter(({ traceId }) => this.admission.admits(traceId, problems.has(traceId), now));
      this.recent.counters.dropped.store_limit += kept.spans.length - admitted.length;
      await this.add(admitted);
      ({ more } = kept);
    }
  }

  /** Processes hand over a span once: what cannot be stored now is lost. */
  private async add(spans: readonly RecordedSpan[]): Promise<void> {
    try {
      await this.store.add(spans);
    } catch (error) {
      this.recent.counters.dropped.store_failed += spans.length;
      throw error;
    }
  }
}
