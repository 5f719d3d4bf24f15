import type { LabelTest, MetricReading } from '@aitbc/platform';

/** Samples of one exported metric. */
export interface Selector {
  readonly metric: string;
  readonly where?: readonly LabelTest[];
}

/**
 * How a series comes from what processes export. The same declaration is computed here and written as PromQL, so that
 * the two cannot say different things.
 *
 * - `gauge`: its value; replicas that export the same are taken once (`max`, `min`), shares of a whole are added (`sum`).
 *   `by` names a label whose values are added up after that; `otherwise` is the value where nobody exports it.
 * - `rate`: how fast a counter grows, per second or per minute.
 * - `ratio`: the growth of one counter over that of another; `inverted`: what is missing to one.
 * - `quantile`: of the observations of a histogram.
 */
export type Source =
  | {
      readonly kind: 'gauge';
      readonly of: Selector;
      readonly across: 'max' | 'min' | 'sum';
      readonly by?: string;
      readonly otherwise?: number;
    }
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
      const { by, across, otherwise } = source;
      const value = by ? `sum(${across} by (${by}) (${written(source.of)}))` : `${across}(${written(source.of)})`;
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
