import { FAILED, HTTP, ROUTE_GROUPS, type RouteGroup } from './route-groups.js';
import type { Source } from './source.js';

export type ObjectiveKind = 'availability' | 'latency';

/** The target share of good requests of a group over 28 days. */
export interface ServiceLevel {
  readonly group: RouteGroup;
  readonly kind: ObjectiveKind;
  /** Target share of good requests, such as 0.999. */
  readonly objective: number;
  /**
   * For latency: a request answered within this many seconds counts as good. Must be a bound of the histogram's
   * buckets.
   */
  readonly withinSeconds?: number;
  /** The series of the bad requests' share. */
  readonly series: string;
  readonly source: Source;
}

export const SERVICE_LEVEL_DAYS = 28;

/** The objectives: the only place to change them. */
const OBJECTIVES: Readonly<Record<RouteGroup, { available: number; prompt: number; withinSeconds: number }>> = {
  read: { available: 0.999, prompt: 0.99, withinSeconds: 0.25 },
  write: { available: 0.999, prompt: 0.99, withinSeconds: 1 },
  rpc: { available: 0.999, prompt: 0.99, withinSeconds: 0.5 },
  agents: { available: 0.999, prompt: 0.99, withinSeconds: 1 },
  admin: { available: 0.995, prompt: 0.95, withinSeconds: 1 },
};

export const SERVICE_LEVELS: readonly ServiceLevel[] = (Object.keys(OBJECTIVES) as RouteGroup[]).flatMap((group) => [
  availabilityOf(group),
  latencyOf(group),
]);

function availabilityOf(group: RouteGroup): ServiceLevel {
  const where = ROUTE_GROUPS[group];
  const whole = { metric: `${HTTP}_count`, where };
  return {
    group,
    kind: 'availability',
    objective: OBJECTIVES[group].available,
    series: `slo_${group}_error_ratio`,
    source: { kind: 'ratio', part: { ...whole, where: [...where, ...FAILED] }, whole },
  };
}

function latencyOf(group: RouteGroup): ServiceLevel {
  const where = ROUTE_GROUPS[group];
  const { prompt, withinSeconds } = OBJECTIVES[group];
  const within = { label: 'le', op: '=', value: String(withinSeconds) } as const;
  return {
    group,
    kind: 'latency',
    objective: prompt,
    withinSeconds,
    series: `slo_${group}_slow_ratio`,
    source: {
      kind: 'ratio',
      part: { metric: `${HTTP}_bucket`, where: [...where, within] },
      whole: { metric: `${HTTP}_count`, where },
      inverted: true,
    },
  };
}
