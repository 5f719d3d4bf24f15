import { Field } from './field.js';

const RFC_3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/** A point in time: a `Date` in code; externally RFC 3339 with an offset and a valid calendar day. */
export const Moment = (): PropertyDecorator =>
  Field({
    name: 'moment',
    read: (value) => (typeof value === 'string' ? (parseMoment(value) ?? value) : value),
    accepts: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
    says: () => 'must be a time as RFC 3339 writes it, with an offset, such as 2026-01-31T12:00:00Z',
  });

/**
 * Parses RFC 3339 to the millisecond. `Date` itself accepts 30 February, and interprets other forms in the server's
 * time zone.
 */
export function parseMoment(text: string): Date | undefined {
  const parts = RFC_3339.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [offsetHour, offsetMinute] = [Number(parts[9] ?? 0), Number(parts[10] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  date.setUTCHours(hour, minute, second, Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3)));
  const offset = (offsetHour * 60 + offsetMinute) * (parts[8] === '-' ? 1 : -1);
  return new Date(date.getTime() + offset * 60_000);
}
