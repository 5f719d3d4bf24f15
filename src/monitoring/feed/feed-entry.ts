/** One entry of the feed. */
export interface FeedEntry {
  /** A user's id, or `operators`. */
  readonly audience: string;
  /** The event type, such as `booking.funded`: lower case, with dots. */
  readonly type: string;
  /** The data that the audience may see: amounts as decimal strings, no secrets. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Enough for a push notification: clients that need more request the resource. */
const MOST_DATA = 4_096;

/** @throws RangeError if a stream could not carry the entry: a bug in the caller */
export function dataOf({ type, data }: FeedEntry): string {
  // It becomes a line of its own in the stream.
  if (!/^[a-z][a-z0-9_.-]{0,63}$/.test(type)) throw new RangeError(`"${type}" is no type of a feed entry.`);
  const text = JSON.stringify(data);
  if (text.length > MOST_DATA) throw new RangeError(`The data of a "${type}" is too long for the feed.`);
  return text;
}
