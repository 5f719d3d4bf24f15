/** What somebody is told. */
export interface FeedEntry {
  /** A user's id, or `operators`. */
  readonly audience: string;
  /** What happened, such as `booking.funded`: lower case, with dots. */
  readonly type: string;
  /** What the audience may see of it: amounts as decimal strings, no secrets. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Longer than anything that is worth pushing: whoever needs more asks for the resource. */
const MOST_DATA = 4_096;

/** @throws RangeError when the entry is none that a stream could carry: a fault of whoever appends it */
export function dataOf({ type, data }: FeedEntry): string {
  // It becomes a line of its own in the stream.
  if (!/^[a-z][a-z0-9_.-]{0,63}$/.test(type)) throw new RangeError(`"${type}" is no type of a feed entry.`);
  const text = JSON.stringify(data);
  if (text.length > MOST_DATA) throw new RangeError(`The data of a "${type}" is too long for the feed.`);
  return text;
}
