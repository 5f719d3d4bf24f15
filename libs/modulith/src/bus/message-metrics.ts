import { type Metric, type Registry, register } from 'prom-client';
import type { MessageType } from '../contract/registry.js';

const BUCKETS_MS = [0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000];
const NAME = 'modulith_message_duration_seconds';

interface Series {
  readonly labels: Record<string, string>;
  readonly counts: Float64Array;
  sum: number;
  count: number;
}

/**
 * A Prometheus histogram of handling times, by message type and outcome. Counts are kept here and passed to prom-client
 * on collection: its `observe` hashes the labels on every call, which costs more than a local call.
 */
export class MessageMetrics {
  private readonly series = new Map<MessageType, Map<string, Series>>();

  constructor(
    private readonly isOn = true,
    registry: Registry = register,
  ) {
    registry.removeSingleMetric(NAME);
    registry.registerMetric({
      name: NAME,
      get: () => Promise.resolve(this.collect()),
      reset: () => this.series.clear(),
    } as unknown as Metric);
  }

  observe(
    type: MessageType,
    handler: string,
    outcome: string,
    milliseconds: number,
    placement: 'local' | 'remote' = 'local',
  ): void {
    if (!this.isOn) return;
    let byOutcome = this.series.get(type);
    if (!byOutcome) this.series.set(type, (byOutcome = new Map<string, Series>()));
    const id = handler === '' && placement === 'local' ? outcome : `${placement}|${handler}|${outcome}`;
    let series = byOutcome.get(id);
    if (!series) byOutcome.set(id, (series = newSeries(type, handler, outcome, placement)));
    let bucket = 0;
    while (bucket < BUCKETS_MS.length && milliseconds > BUCKETS_MS[bucket]!) bucket += 1;
    series.counts[bucket]! += 1;
    series.sum += milliseconds;
    series.count += 1;
  }

  private collect() {
    const values = [...this.series.values()].flatMap((byOutcome) => [...byOutcome.values()].flatMap(samplesOf));
    return { name: NAME, help: 'Time to handle a message, by outcome', type: 'histogram', aggregator: 'sum', values };
  }
}

function newSeries(type: MessageType, handler: string, outcome: string, placement: string): Series {
  const labels = { module: type.owner, message: type.wireName, kind: type.kind, handler, outcome, placement };
  return { labels, counts: new Float64Array(BUCKETS_MS.length + 1), sum: 0, count: 0 };
}

function samplesOf(series: Series) {
  let total = 0;
  const buckets = [...series.counts].map((count, at) => {
    total += count;
    const le = at < BUCKETS_MS.length ? BUCKETS_MS[at]! / 1_000 : '+Inf';
    return { metricName: `${NAME}_bucket`, labels: { ...series.labels, le }, value: total };
  });
  return [
    ...buckets,
    { metricName: `${NAME}_sum`, labels: series.labels, value: series.sum / 1_000 },
    { metricName: `${NAME}_count`, labels: series.labels, value: series.count },
  ];
}
