import { defineContract } from '@aitbc/modulith';
import { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
import { GatewayAudited } from './audited.js';
import { Authenticate } from './authenticate.js';
import { ClaimedKeyView, ClaimIdempotencyKey } from './claim-idempotency-key.js';
import {
  AccountLocked,
  EmailTaken,
  IdempotencyKeyReused,
  InvalidToken,
  LastAdministrator,
  Maintenance,
  OnlyAdministratorMay,
  OwnAccount,
  RateLimited,
  RefreshTokenReused,
  RegistrationClosed,
  TokenExpired,
  TokenWithdrawn,
  TooManyAttempts,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
import { Register } from './register.js';
import { BeginLogin, LoginChallengeView, RotateRefreshToken, RotationView } from './sign-in-steps.js';
import { Login, Logout, Refresh } from './sign-in.js';
import { TokensWithdrawn } from './tokens-withdrawn.js';
import {
  AccountDetailsView,
  AccountView,
  GetAccount,
  LockUser,
  SearchUsers,
  SetUserRoles,
  SignOutUser,
  UnlockUser,
} from './user-administration.js';
import { GetGatewaySummary, GetMe, GetUser } from './users.js';
import { AgentTokenView, GatewaySummaryView, PrincipalView, SessionView, UserView } from './views.js';

export const gatewayContract = defineContract('gateway', {
  commands: [
    Register,
    Login,
    BeginLogin,
    Refresh,
    RotateRefreshToken,
    Logout,
    IssueAgentToken,
    RevokeAgentToken,
    ClaimIdempotencyKey,
    SetUserRoles,
    LockUser,
    UnlockUser,
    SignOutUser,
  ],
  queries: [Authenticate, GetMe, GetUser, GetGatewaySummary, SearchUsers, GetAccount],
  events: [GatewayAudited, TokensWithdrawn],
  views: [
    UserView,
    SessionView,
    PrincipalView,
    AgentTokenView,
    GatewaySummaryView,
    LoginChallengeView,
    RotationView,
    ClaimedKeyView,
    AccountView,
    AccountDetailsView,
  ],
  errors: [
    EmailTaken,
    WrongCredentials,
    TooManyAttempts,
    RateLimited,
    RegistrationClosed,
    Maintenance,
    InvalidToken,
    TokenExpired,
    RefreshTokenReused,
    UserNotFound,
    IdempotencyKeyReused,
    TokenWithdrawn,
    AccountLocked,
    OwnAccount,
    LastAdministrator,
    OnlyAdministratorMay,
  ],
});

export { accessTokenExpiry } from './access-token-expiry.js';
export { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
export { GatewayAudited } from './audited.js';
export { Authenticate } from './authenticate.js';
export { ClaimedKeyView, ClaimIdempotencyKey } from './claim-idempotency-key.js';
export {
  AccountLocked,
  EmailTaken,
  IdempotencyKeyReused,
  InvalidToken,
  LastAdministrator,
  Maintenance,
  OnlyAdministratorMay,
  OwnAccount,
  RateLimited,
  RefreshTokenReused,
  RegistrationClosed,
  TokenExpired,
  TokenWithdrawn,
  TooManyAttempts,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
export { Register } from './register.js';
export { BeginLogin, LoginChallengeView, RotateRefreshToken, RotationView } from './sign-in-steps.js';
export { Login, Logout, Refresh } from './sign-in.js';
export { passwordProblem } from './sound-password.js';
export { TokensWithdrawn } from './tokens-withdrawn.js';
export {
  AccountDetailsView,
  AccountView,
  GetAccount,
  LockUser,
  type Role,
  SearchUsers,
  SetUserRoles,
  SignOutUser,
  UnlockUser,
} from './user-administration.js';
export { GetGatewaySummary, GetMe, GetUser } from './users.js';
export { AgentTokenView, GatewaySummaryView, PrincipalView, SessionView, UserView } from './views.js';
