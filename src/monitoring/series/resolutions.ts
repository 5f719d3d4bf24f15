/** A length of points and how long points of that length are kept. */
export interface Resolution {
  readonly name: ResolutionName;
  readonly seconds: number;
  readonly keptMs: number;
}

export const RESOLUTION_NAMES = ['10s', '1m', '15m', '6h'] as const;
export type ResolutionName = (typeof RESOLUTION_NAMES)[number];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From fine to coarse; each is made from the one before. */
export const RESOLUTIONS: readonly Resolution[] = [
  { name: '10s', seconds: 10, keptMs: 2 * HOUR_MS },
  { name: '1m', seconds: 60, keptMs: 2 * DAY_MS },
  { name: '15m', seconds: 900, keptMs: 30 * DAY_MS },
  { name: '6h', seconds: 21_600, keptMs: 400 * DAY_MS },
];

export const FINEST = RESOLUTIONS[0]!;

export const resolutionNamed = (name: ResolutionName): Resolution =>
  RESOLUTIONS.find((resolution) => resolution.name === name)!;

/** When the point begins that a time lies in. */
export function startOfPoint(at: Date, { seconds }: Pick<Resolution, 'seconds'>): Date {
  const length = seconds * 1_000;
  return new Date(Math.floor(at.getTime() / length) * length);
}
