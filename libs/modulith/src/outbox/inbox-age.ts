export const HOUR_MS = 3_600_000;
const HOURS_A_DAY = 24;
/**
 * Command ids are valid for a day. Events are redelivered when their outbox is read, which may be late after an outage.
 */
const KEEP_DAYS = 14;

/**
 * Measures how long a module's inbox has been in service: the hours during which its leader ran and, for each day of
 * them, the earliest time reported by the database. No single clock reading or row decides what is old: a clock that
 * jumps ahead ages nothing, and nothing ages while the system is down.
 */
export interface InboxAge {
  readonly hours: number;
  /** Oldest first. */
  readonly days: readonly number[];
}

export const newborn: InboxAge = { hours: 0, days: [] };

/** The age after one more hour, at whose end the database reports `now`. */
export function anHourLater({ hours, days }: InboxAge, now: number): InboxAge {
  const today = days.at(-1);
  const begins = today === undefined || hours % HOURS_A_DAY === 0;
  const marks = begins ? [...days, now] : [...days.slice(0, -1), Math.min(today, now)];
  return { hours: hours + 1, days: marks.slice(-(KEEP_DAYS + 1)) };
}

/** Messages handled before this time were handled more than fourteen days of operation ago. */
export function forgettableBefore({ days }: InboxAge): number | undefined {
  return days.length > KEEP_DAYS ? Math.min(...days) - HOUR_MS : undefined;
}
