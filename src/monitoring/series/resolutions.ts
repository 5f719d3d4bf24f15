import type { ResolutionName } from '../contract/index.js';

/** A point length and the retention of such points. */
export interface Resolution {
  readonly name: ResolutionName;
  readonly seconds: number;
  readonly keptMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From fine to coarse; each is computed from the one before. */
export const RESOLUTIONS: readonly Resolution[] = [
  { name: '10s', seconds: 10, keptMs: 2 * HOUR_MS },
  { name: '1m', seconds: 60, keptMs: 2 * DAY_MS },
  { name: '15m', seconds: 900, keptMs: 30 * DAY_MS },
  { name: '6h', seconds: 21_600, keptMs: 400 * DAY_MS },
];

export const FINEST = RESOLUTIONS[0]!;
const COARSEST = RESOLUTIONS.at(-1)!;

/** The most that a chart can show. */
const POINTS_OF_A_CHART = 1_500;

export const resolutionNamed = (name: ResolutionName): Resolution =>
  RESOLUTIONS.find((resolution) => resolution.name === name)!;

/** The finest resolution that is kept for the whole period and does not exceed a chart's points. */
export function resolutionFor(from: Date, to: Date, now: Date): Resolution {
  const lasting = to.getTime() - from.getTime();
  const age = now.getTime() - from.getTime();
  return (
    RESOLUTIONS.find(({ seconds, keptMs }) => age <= keptMs && lasting <= POINTS_OF_A_CHART * seconds * 1_000) ??
    COARSEST
  );
}

/** The start of the point that contains a time. */
export function startOfPoint(at: Date, { seconds }: Pick<Resolution, 'seconds'>): Date {
  const length = seconds * 1_000;
  return new Date(Math.floor(at.getTime() / length) * length);
}
