import { Query } from '@aitbc/modulith';
import { IsUUID } from 'class-validator';
import type { GatewaySummaryView, UserView } from './views.js';

/** The caller's own account. @throws UserNotFound */
export class GetMe extends Query<UserView> {}

/** An account: for the caller itself, for operators and for other modules. @throws UserNotFound */
export class GetUser extends Query<UserView> {
  @IsUUID() userId: string;
}

export class GetGatewaySummary extends Query<GatewaySummaryView> {}
