import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Counter } from 'prom-client';
import { replaceMetric } from '../telemetry/export-gauge.js';
import { RecentTraces } from '../telemetry/recent-traces.js';

/** Exports the span counters of this process. */
@Injectable()
export class TraceMetrics implements OnModuleInit {
  constructor(private readonly traces: RecentTraces) {}

  onModuleInit(): void {
    const { counters } = this.traces;
    define('telemetry_spans_ended_total', 'Spans that ended', () => counters.ended);
    define(
      'telemetry_spans_sampled_out_total',
      'Spans of uneventful traces outside the sample',
      () => counters.sampledOut,
    );
    define('telemetry_spans_exported_total', 'Spans that the OTLP receiver took', () => counters.exported);
    defineEach('telemetry_spans_dropped_total', 'Spans that should have been kept', 'reason', counters.dropped);
    defineEach('telemetry_traces_kept_total', 'Traces kept for what happened in them', 'reason', counters.problems);
  }
}

function define(name: string, help: string, read: () => number): void {
  replaceMetric(
    name,
    () =>
      new Counter({
        name,
        help,
        collect() {
          this.reset();
          this.inc(read());
        },
      }),
  );
}

function defineEach(name: string, help: string, label: string, counts: Readonly<Record<string, number>>): void {
  replaceMetric(
    name,
    () =>
      new Counter({
        name,
        help,
        labelNames: [label],
        collect() {
          this.reset();
          for (const [value, count] of Object.entries(counts)) this.inc({ [label]: value }, count);
        },
      }),
  );
}
