import type { Combination, LabelTest, MetricReading } from '@aitbc/platform';

/** Selects samples of one exported metric. */
export interface Selector {
  readonly metric: string;
  readonly where?: readonly LabelTest[];
}

/**
 * The value of a gauge; `across` combines several samples, in one process or in many.
 *
 * - `says`: the scope of the value, and so which other processes can supply it if one is silent.
 *   - `alike`: the state of its modules; every replica reports the same; unknown without a replica.
 *   - `own`: the process itself; no other can supply it, and a stopped process does not count.
 *   - `presence`: that the process answers.
 * - `by` names a label whose values are combined separately, then merged by `overall` (default `sum`).
 * - `otherwise` is the value if no process exports the metric.
 */
export interface GaugeSource {
  readonly kind: 'gauge';
  readonly of: Selector;
  readonly across: Combination;
  readonly says: 'alike' | 'own' | 'presence';
  readonly by?: string;
  readonly overall?: Combination;
  readonly otherwise?: number;
}

/**
 * How a series derives from exported metrics. One declaration is both computed here and rendered as PromQL, so that the
 * two cannot diverge.
 *
 * - `gauge`: its value.
 * - `rate`: the increase of a counter per second or per minute.
 * - `ratio`: the increase of one counter over that of another; `inverted`: one minus that.
 * - `quantile`: of the observations of a histogram.
 */
export type Source =
  | GaugeSource
  | { readonly kind: 'rate'; readonly of: Selector; readonly perSeconds: 1 | 60 }
  | { readonly kind: 'ratio'; readonly part: Selector; readonly whole: Selector; readonly inverted?: boolean }
  | { readonly kind: 'quantile'; readonly of: Selector; readonly quantile: number };

/** The readings required of every process to compute a source. */
export function readingsOf(source: Source): MetricReading[] {
  switch (source.kind) {
    case 'gauge':
      return [{ ...source.of, by: source.by === undefined ? [] : [source.by], combine: source.across }];
    case 'rate':
      return [{ ...source.of, isCounter: true }];
    case 'ratio':
      return [
        { ...source.part, isCounter: true },
        { ...source.whole, isCounter: true },
      ];
    case 'quantile':
      return [{ ...source.of, metric: `${source.of.metric}_bucket`, by: ['le'], isCounter: true }];
  }
}

/** Renders a source as PromQL; counters are evaluated over `range`. */
export function promqlOf(source: Source, range = '1m'): string {
  switch (source.kind) {
    case 'gauge': {
      const { by, across, overall = 'sum', otherwise } = source;
      const of = written(source.of);
      const value = by && overall !== across ? `${overall}(${across} by (${by}) (${of}))` : `${across}(${of})`;
      return otherwise === undefined ? value : `${value} or vector(${otherwise})`;
    }
    case 'rate': {
      const rate = `sum(rate(${written(source.of)}[${range}]))`;
      return source.perSeconds === 1 ? rate : `${rate} * ${source.perSeconds}`;
    }
    case 'ratio': {
      // Without the vector, a counter that was never incremented would leave the ratio without a value.
      const part = `(sum(rate(${written(source.part)}[${range}])) or vector(0))`;
      const share = `${part} / sum(rate(${written(source.whole)}[${range}]))`;
      return source.inverted ? `1 - ${share}` : share;
    }
    case 'quantile': {
      const buckets = written({ ...source.of, metric: `${source.of.metric}_bucket` });
      return `histogram_quantile(${source.quantile}, sum by (le) (rate(${buckets}[${range}])))`;
    }
  }
}

function written({ metric, where = [] }: Selector): string {
  if (where.length === 0) return metric;
  return `${metric}{${where.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).join(',')}}`;
}
