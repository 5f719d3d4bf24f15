import { Broadcast, Event } from '@aitbc/modulith';
import { IsDate, IsInt, IsUUID } from 'class-validator';

/** A user's access tokens of before are worth nothing any more. Losing it costs seconds: every process also asks. */
@Broadcast()
export class TokensWithdrawn extends Event {
  @IsUUID() userId: string;
  /** The first version of the user's credentials that still counts. */
  @IsInt() version: number;
  @IsDate() at: Date;
}
