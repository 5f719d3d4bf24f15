import { Broadcast, DomainError, Event, Query, View } from '@aitbc/modulith';
import { OptionalField, TextList, WholeNumber } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';

/** The audience of a feed entry: a user, by id, or all operators. */
export const OPERATORS = 'operators';

export class FeedEntryView extends View {
  /** Greater than that of every entry committed before. */
  sequence: number;
  audience: string;
  /** For example `booking.funded`. */
  type: string;
  /** JSON. */
  data: string;
  at: Date;
  traceId: string | null;
}

export class FeedPageView extends View {
  entries: FeedEntryView[];
  /** The page contains all entries for the audiences up to this sequence. */
  position: number;
  /** Whether more entries may follow at once. */
  isFull: boolean;
  /** Whether the page starts at the requested position: false if entries after it were deleted. */
  isComplete: boolean;
}

/**
 * The entries of some audiences, in order. Queried by the gateways, which know the listeners; no route exposes it
 * directly.
 */
export class ReadFeed extends Query<FeedPageView> {
  @TextList({ max: 100 }, { max: 10_000 }) audiences: string[];
  /** Entries after this sequence; absent: only the position of the newest entry. */
  @OptionalField() @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }) after?: number;
  @WholeNumber({ min: 1, max: 500 }) limit: number;
}

/**
 * Wakes the gateways with open streams for these audiences. Losing it causes a delay of seconds, not the loss of the
 * entry.
 */
@Broadcast()
export class FeedGrew extends Event {
  @TextList({ max: 100 }, { max: 10_000 }) audiences: string[];
}

/** The `data` of one stream event. */
export class LiveEventView extends View {
  @ApiProperty({ example: 'booking.funded', description: 'The same as the `event` of the stream' }) type: string;
  @ApiProperty({ example: '2026-01-01T00:00:00.000Z' }) at: Date;
  @ApiProperty({ type: String, nullable: true, example: '4bf92f3577b34da6a3ce929d0e0e4736' }) traceId: string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { bookingId: '019a2b3c-4d5e-7f60-8a1b-2c3d4e5f6072', status: 'funded' },
  })
  data: Record<string, unknown>;
}

/** The user, or all users of the same network, have reached their limit. */
export class TooManyStreams extends DomainError<{ limit: string; most: number }> {
  static override readonly code = 'monitoring.too_many_streams';
  static override readonly kind = 'too_many';
  constructor(limit: string, most: number) {
    super(`Too many streams are open: the limit ${limit} is ${most}. Close one first.`, { limit, most });
  }
}

export class NoStreamFree extends DomainError<{ retryAfterSeconds: number }> {
  static override readonly code = 'monitoring.no_stream_free';
  static override readonly kind = 'unavailable';
  constructor() {
    super('No more streams can be opened here now.', { retryAfterSeconds: 5 });
  }
}
