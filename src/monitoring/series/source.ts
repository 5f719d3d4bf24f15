import type { Combination, LabelTest, MetricReading } from '@aitbc/platform';

/** Samples of one exported metric. */
export interface Selector {
  readonly metric: string;
  readonly where?: readonly LabelTest[];
}

/**
 * A gauge's value; `across` combines what several samples say, in one process or in many.
 *
 * - `says`: what a process speaks of, and so who can speak when it is silent. `alike`: what its modules hold; every
 *   replica says the same, and where there is none left it is unknown. `own`: itself; nobody else can say it, and once
 *   the process is gone it does not count. `presence`: that it answers.
 * - `by` names a label whose values are combined apart, and then put together by `overall` (`sum` unless said otherwise).
 * - `otherwise` is the value where nobody exports it.
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
 * How a series comes from what processes export. The same declaration is computed here and written as PromQL, so that
 * the two cannot say different things.
 *
 * - `gauge`: its value.
 * - `rate`: how fast a counter grows, per second or per minute.
 * - `ratio`: the growth of one counter over that of another; `inverted`: what is missing to one.
 * - `quantile`: of the observations of a histogram.
 */
export type Source =
  | GaugeSource
  | { readonly kind: 'rate'; readonly of: Selector; readonly perSeconds: 1 | 60 }
  | { readonly kind: 'ratio'; readonly part: Selector; readonly whole: Selector; readonly inverted?: boolean }
  | { readonly kind: 'quantile'; readonly of: Selector; readonly quantile: number };

/** What has to be read of every process to compute a source. */
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

/** The same for Prometheus; counters are looked at over `range`. */
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
      // Without the vector a counter that nothing has moved yet would make the share of nothing out of none.
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
