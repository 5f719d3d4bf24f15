import { Query } from '@aitbc/modulith';
import { Id } from '@aitbc/platform';
import type { GatewaySummaryView, UserView } from './views.js';

/** The caller's own account. @throws UserNotFound */
export class GetMe extends Query<UserView> {}

/** An account, for the user itself, operators and other modules. @throws UserNotFound */
export class GetUser extends Query<UserView> {
  @Id() userId: string;
}

export class GetGatewaySummary extends Query<GatewaySummaryView> {}
