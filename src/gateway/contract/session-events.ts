import { Broadcast, Event, Key } from '@aitbc/modulith';
import { Id, Moment } from '@aitbc/platform';

/**
 * All sessions of a user have ended: signed out everywhere or of the last one, locked, password changed, account
 * deleted. Resources opened for the user, such as an unlocked wallet, are closed.
 */
export class SessionsEnded extends Event {
  @Key() @Id() userId: string;
}

/** The access tokens of a session are refused. Losing it costs a second: every process also polls. */
@Broadcast()
export class SessionWithdrawn extends Event {
  @Id() sessionId: string;
  @Moment() at: Date;
}
