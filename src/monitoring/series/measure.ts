/**
 * What a series was over some time: its extremes, and a sum with a weight whose quotient is its mean. So that coarser
 * times are exact, the weight of a gauge is how often it was read, of a rate the seconds (or minutes), of a ratio the
 * whole, of a quantile the observations.
 */
export interface Measure {
  readonly lowest: number;
  readonly highest: number;
  readonly total: number;
  readonly weight: number;
}

/** Nothing when it has no weight: a share of no requests is no value. */
export function measureOf(total: number, weight: number): Measure | undefined {
  if (!(weight > 0) || !Number.isFinite(total)) return undefined;
  const mean = total / weight;
  return { lowest: mean, highest: mean, total, weight };
}

export const meanOf = ({ total, weight }: Measure): number => total / weight;

/**
 * The value below which this share of a histogram's observations lies, as Prometheus estimates it: evenly spread within
 * a bucket; the highest bound where it lies beyond.
 * @param buckets observations not above each bound, cumulative, in any order, `+Inf` among them
 */
export function quantileOf(share: number, buckets: ReadonlyMap<string, number>): number | undefined {
  const bounds = [...buckets].map(([le, count]) => ({ le: le === '+Inf' ? Infinity : Number(le), count }));
  bounds.sort((one, other) => one.le - other.le);
  const all = bounds.at(-1)?.count ?? 0;
  if (all <= 0) return undefined;
  const rank = share * all;
  const at = bounds.findIndex(({ count }) => count >= rank);
  const { le, count } = bounds[at]!;
  const below = bounds[at - 1] ?? { le: 0, count: 0 };
  if (le === Infinity) return below.le;
  return count === below.count ? le : below.le + ((le - below.le) * (rank - below.count)) / (count - below.count);
}
