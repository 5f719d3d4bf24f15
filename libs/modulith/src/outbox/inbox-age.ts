export const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
/** Command ids are good for a day; an event comes again when its outbox is read, which a standing system may do late. */
const KEEP_DAYS = 14;

/**
 * How long a module's inbox has been looked after: hours in which its leader ran, and for each day of them the earliest
 * time that the database told. No single clock, and no row, decides what is old: a clock that jumps ahead makes nothing
 * older, and while the system stands still nothing ages.
 */
export interface InboxAge {
  readonly hours: number;
  /** The oldest first. */
  readonly days: readonly number[];
}

export const newborn: InboxAge = { hours: 0, days: [] };

/** After another hour, at whose end the database says that it is `now`. */
export function anHourLater({ hours, days }: InboxAge, now: number): InboxAge {
  const today = days.at(-1);
  const begins = today === undefined || hours % HOURS_A_DAY === 0;
  const marks = begins ? [...days, now] : [...days.slice(0, -1), Math.min(today, now)];
  return { hours: hours + 1, days: marks.slice(-(KEEP_DAYS + 1)) };
}

/** What was handled before this time was handled more than fourteen days of running ago. */
export function forgettableBefore({ days }: InboxAge): number | undefined {
  return days.length > KEEP_DAYS ? Math.min(...days) - HOUR_MS : undefined;
}
