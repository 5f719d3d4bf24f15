import { type Metric, type MetricValue, register, type Registry } from 'prom-client';

/** A condition on a label, in Prometheus notation: `http_route!~"/health.*"`. Patterns match the whole value. */
export interface LabelTest {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** How to combine several samples into one value. */
export const COMBINE = {
  sum: (one: number, other: number) => one + other,
  max: (one: number, other: number) => Math.max(one, other),
  min: (one: number, other: number) => Math.min(one, other),
} as const;

export type Combination = keyof typeof COMBINE;

/** A request for the combined samples of one metric of a process. */
export interface MetricReading {
  /** The exported name: for a histogram with `_bucket`, `_count` or `_sum`. */
  readonly metric: string;
  readonly where?: readonly LabelTest[];
  /** Labels to group by; the rest is combined. */
  readonly by?: readonly string[];
  /** Summed by default. */
  readonly combine?: Combination;
  /** A counter that was never incremented is zero; a gauge that was never set has no value. */
  readonly isCounter?: boolean;
}

/** One result: the label values of {@link MetricReading.by}, in that order. */
export interface ReadSum {
  readonly labels: readonly string[];
  readonly value: number;
}

/** `metricName` distinguishes a histogram's buckets, count and sum. */
type Value = MetricValue<string> & { readonly metricName?: string };

const HISTOGRAM_SUFFIX = /_(bucket|count|sum)$/;

/** The values of each reading in this process; empty for a metric that does not exist or cannot be read now. */
export async function readMetrics(
  readings: readonly MetricReading[],
  registry: Registry = register,
): Promise<ReadSum[][]> {
  // Collect each metric once, however many readings use it: collecting may query a database.
  const collected = new Map<Metric, Promise<{ values: Value[] }>>();
  return Promise.all(
    readings.map(async (reading) => {
      const metric = metricOf(reading.metric, registry);
      if (!metric) return [];
      // A metric that cannot be collected, for example because its database is unavailable, has no value.
      let values = collected.get(metric);
      if (!values) collected.set(metric, (values = metric.get().catch(() => ({ values: [] }))));
      return sumsOf(reading, (await values).values);
    }),
  );
}

function metricOf(name: string, registry: Registry): Metric | undefined {
  return registry.getSingleMetric(name) ?? registry.getSingleMetric(name.replace(HISTOGRAM_SUFFIX, ''));
}

function sumsOf(reading: MetricReading, values: readonly Value[]): ReadSum[] {
  const { metric, where = [], by = [], combine = 'sum', isCounter = false } = reading;
  const sums = new Map<string, { labels: string[]; value: number }>();
  if (isCounter && by.length === 0) sums.set('', { labels: [], value: 0 });
  for (const { metricName, labels, value } of values) {
    if (metricName !== undefined && metricName !== metric) continue;
    const textOf = (label: string) => String(labels[label] ?? '');
    if (!Number.isFinite(value) || !where.every((test) => holds(test, textOf(test.label)))) continue;
    const kept = by.map(textOf);
    const key = kept.join('\n');
    const sum = sums.get(key);
    if (sum) sum.value = COMBINE[combine](sum.value, value);
    else sums.set(key, { labels: kept, value });
  }
  return [...sums.values()];
}

function holds({ op, value }: LabelTest, text: string): boolean {
  if (op === '=' || op === '!=') return (text === value) === (op === '=');
  return new RegExp(`^(?:${value})$`).test(text) === (op === '=~');
}
