import { Broadcast, DomainError, Event, Query, View } from '@aitbc/modulith';
import { OptionalField, TextList, WholeNumber } from '@aitbc/platform';
import { ApiProperty } from '@nestjs/swagger';

/** Whom an entry of the feed is for: a user, by id, or all who run the system. */
export const OPERATORS = 'operators';

export class FeedEntryView extends View {
  /** Larger than those of all entries that were committed before. */
  sequence: number;
  audience: string;
  /** Such as `booking.funded`. */
  type: string;
  /** JSON. */
  data: string;
  at: Date;
  traceId: string | null;
}

export class FeedPageView extends View {
  entries: FeedEntryView[];
  /** The page holds all that the audiences were told up to this sequence. */
  position: number;
  /** Whether more may follow at once. */
  isFull: boolean;
  /** Whether it begins where it was asked to: false when something after that is no longer kept. */
  isComplete: boolean;
}

/** What some audiences were told, in order. Asked by the gateways, which know who listens; no route hands it out as it is. */
export class ReadFeed extends Query<FeedPageView> {
  @TextList({ max: 100 }, { max: 10_000 }) audiences: string[];
  /** Behind this sequence; absent: nothing but the position of the newest entry. */
  @OptionalField() @WholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER }) after?: number;
  @WholeNumber({ min: 1, max: 500 }) limit: number;
}

/** Wakes the gateways that have streams open for these audiences. Losing it costs seconds, not the entry. */
@Broadcast()
export class FeedGrew extends Event {
  @TextList({ max: 100 }, { max: 10_000 }) audiences: string[];
}

/** The `data` of one event of a stream. */
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

/** The user, or all users at the same network, have as many as they may. */
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
