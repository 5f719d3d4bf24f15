/**
 * A series' values over a period: its extremes, and a weighted sum, whose quotient by the weight is the mean. The
 * weight makes coarser resolutions exact: for a gauge it is the number of readings, for a rate the seconds (or
 * minutes), for a ratio the whole, for a quantile the observations.
 */
export interface Measure {
  readonly lowest: number;
  readonly highest: number;
  readonly total: number;
  readonly weight: number;
}

/** Undefined without weight: a ratio over no requests has no value. */
export function measureOf(total: number, weight: number): Measure | undefined {
  if (!(weight > 0) || !Number.isFinite(total)) return undefined;
  const mean = total / weight;
  return { lowest: mean, highest: mean, total, weight };
}

export const meanOf = ({ total, weight }: Measure): number => total / weight;

/**
 * Estimates the given quantile of a histogram as Prometheus does: observations spread evenly within a bucket; the
 * highest bound if the quantile lies beyond.
 * @param buckets cumulative counts per upper bound, in any order, including `+Inf`
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
