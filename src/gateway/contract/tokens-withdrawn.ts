import { Broadcast, Event } from '@aitbc/modulith';
import { Id, MAX_INTEGER, Moment, WholeNumber } from '@aitbc/platform';

/** A user's access tokens of before are worth nothing any more. Losing it costs seconds: every process also asks. */
@Broadcast()
export class TokensWithdrawn extends Event {
  @Id() userId: string;
  /** The first version of the user's credentials that still counts. */
  @WholeNumber({ min: 0, max: MAX_INTEGER }) version: number;
  @Moment() at: Date;
}
