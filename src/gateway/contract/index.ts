import { defineContract } from '@aitbc/modulith';
import { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
import { GatewayAudited } from './audited.js';
import { Authenticate } from './authenticate.js';
import { ClaimIdempotencyKey } from './claim-idempotency-key.js';
import {
  EmailTaken,
  IdempotencyKeyReused,
  InvalidToken,
  RateLimited,
  RefreshTokenReused,
  TokenExpired,
  TooManyAttempts,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
import { Register } from './register.js';
import { BeginLogin, LoginChallengeView, RotateRefreshToken, RotationView } from './sign-in-steps.js';
import { Login, Logout, Refresh } from './sign-in.js';
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
  ],
  queries: [Authenticate, GetMe, GetUser, GetGatewaySummary],
  events: [GatewayAudited],
  views: [UserView, SessionView, PrincipalView, AgentTokenView, GatewaySummaryView, LoginChallengeView, RotationView],
  errors: [
    EmailTaken,
    WrongCredentials,
    TooManyAttempts,
    RateLimited,
    InvalidToken,
    TokenExpired,
    RefreshTokenReused,
    UserNotFound,
    IdempotencyKeyReused,
  ],
});

export { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
export { GatewayAudited } from './audited.js';
export { Authenticate } from './authenticate.js';
export { ClaimIdempotencyKey } from './claim-idempotency-key.js';
export {
  EmailTaken,
  IdempotencyKeyReused,
  InvalidToken,
  RateLimited,
  RefreshTokenReused,
  TokenExpired,
  TooManyAttempts,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
export { Register } from './register.js';
export { BeginLogin, LoginChallengeView, RotateRefreshToken, RotationView } from './sign-in-steps.js';
export { Login, Logout, Refresh } from './sign-in.js';
export { passwordProblem } from './sound-password.js';
export { GetGatewaySummary, GetMe, GetUser } from './users.js';
export { AgentTokenView, GatewaySummaryView, PrincipalView, SessionView, UserView } from './views.js';
