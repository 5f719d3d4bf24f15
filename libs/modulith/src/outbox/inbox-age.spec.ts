import { anHourLater, forgettableBefore, HOUR_MS, type InboxAge, newborn } from './inbox-age.js';

const DAY = 24;
const start = Date.parse('2026-05-01T00:00:00Z');
const WEEKS_MS = 21 * DAY * HOUR_MS;

/** So many hours, with what the clock of the database departs from the truth in each. */
function after(hours: number, error: (hour: number) => number = () => 0, from: InboxAge = newborn, begin = start) {
  let age = from;
  for (let hour = 1; hour <= hours; hour++) age = anHourLater(age, begin + hour * HOUR_MS + error(hour));
  return age;
}

describe('the age of an inbox', () => {
  it('forgets nothing in the first fourteen days, then what is older than that', () => {
    expect(forgettableBefore(after(14 * DAY))).toBeUndefined();
    const limit = forgettableBefore(after(20 * DAY))!;
    expect(limit).toBeLessThanOrEqual(start + 6 * DAY * HOUR_MS);
    expect(limit).toBeGreaterThan(start + 4 * DAY * HOUR_MS);
  });

  it.each([
    ['for an hour', (hour: number) => (hour === 19 * DAY ? WEEKS_MS : 0)],
    ['from then on', (hour: number) => (hour >= 19 * DAY ? WEEKS_MS : 0)],
    ['until then', (hour: number) => (hour < 10 * DAY ? WEEKS_MS : 0)],
    ['backwards for a day', (hour: number) => (hour > 17 * DAY && hour < 18 * DAY ? -WEEKS_MS : 0)],
  ])('never forgets what was handled in the last fourteen days, when the clock is weeks off %s', (_when, error) => {
    const hours = 20 * DAY;
    const limit = forgettableBefore(after(hours, error))!;
    for (let hour = hours - 14 * DAY; hour <= hours; hour++) {
      expect(start + hour * HOUR_MS + error(hour)).toBeGreaterThan(limit);
    }
  });

  it('does not grow while the system stands still', () => {
    const before = after(16 * DAY);
    const lastHandled = start + 16 * DAY * HOUR_MS;
    const standstill = lastHandled + 60 * DAY * HOUR_MS;
    expect(forgettableBefore(after(13 * DAY, undefined, before, standstill))).toBeLessThan(lastHandled);
  });
});
