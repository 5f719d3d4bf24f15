import { Broadcast, Event } from '@aitbc/modulith';
import { Id, MAX_INTEGER, Moment, WholeNumber } from '@aitbc/platform';

/** A user's earlier access tokens are no longer valid. Losing it costs seconds: every process also polls. */
@Broadcast()
export class TokensWithdrawn extends Event {
  @Id() userId: string;
  /** The first valid version of the user's credentials. */
  @WholeNumber({ min: 0, max: MAX_INTEGER }) version: number;
  @Moment() at: Date;
}
