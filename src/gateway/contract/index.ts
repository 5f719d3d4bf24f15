import { defineContract } from '@aitbc/modulith';
import { AccountDeleted, DeleteAccount } from './account-deletion.js';
import { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
import { ApiKeyView, CreateApiKey, CreatedApiKeyView, ListApiKeys, RevokeApiKey } from './api-keys.js';
import { GatewayAudited } from './audited.js';
import { Authenticate } from './authenticate.js';
import { ClaimedKeyView, ClaimIdempotencyKey } from './claim-idempotency-key.js';
import {
  ChangePassword,
  ConfirmRegistration,
  RegistrationPendingView,
  RequestEmailVerification,
  RequestPasswordReset,
  ResetPassword,
  VerifyEmail,
} from './credentials.js';
import {
  BeginTotp,
  ConfirmTotp,
  GetSecondFactor,
  RecoveryCodesView,
  RemoveTotp,
  ReplaceRecoveryCodes,
  SecondFactorView,
  TotpConfirmedView,
  TotpSetupView,
} from './second-factor.js';
import {
  AccountInUse,
  AccountLocked,
  ApiKeyNotFound,
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
  SessionNotFound,
  TokenExpired,
  TokenWithdrawn,
  TooManyAttempts,
  EmailVerifiedAlready,
  MailedTokenInvalid,
  MailNotConfigured,
  SecondFactorExists,
  SecondFactorNotBegun,
  SecondFactorRequired,
  WrongCode,
  WrongPassword,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
import { Register } from './register.js';
import { SessionsEnded, SessionWithdrawn } from './session-events.js';
import { EndSession, ListSessions, OpenSessionView } from './sessions.js';
import {
  BeginLogin,
  BeginMailedToken,
  LoginChallengeView,
  MailedTokenView,
  RotateRefreshToken,
  RotationView,
  SecondFactorOutcomeView,
  SpendSecondFactor,
} from './sign-in-steps.js';
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
    EndSession,
    ConfirmRegistration,
    ChangePassword,
    RequestPasswordReset,
    ResetPassword,
    RequestEmailVerification,
    VerifyEmail,
    BeginMailedToken,
    DeleteAccount,
    CreateApiKey,
    RevokeApiKey,
    BeginTotp,
    ConfirmTotp,
    RemoveTotp,
    ReplaceRecoveryCodes,
    SpendSecondFactor,
    IssueAgentToken,
    RevokeAgentToken,
    ClaimIdempotencyKey,
    SetUserRoles,
    LockUser,
    UnlockUser,
    SignOutUser,
  ],
  queries: [
    Authenticate,
    GetMe,
    GetUser,
    GetGatewaySummary,
    SearchUsers,
    GetAccount,
    ListSessions,
    GetSecondFactor,
    ListApiKeys,
  ],
  events: [GatewayAudited, TokensWithdrawn, SessionWithdrawn, SessionsEnded, AccountDeleted],
  views: [
    UserView,
    SessionView,
    OpenSessionView,
    RegistrationPendingView,
    MailedTokenView,
    ApiKeyView,
    CreatedApiKeyView,
    SecondFactorView,
    TotpSetupView,
    RecoveryCodesView,
    TotpConfirmedView,
    SecondFactorOutcomeView,
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
    SessionNotFound,
    Maintenance,
    InvalidToken,
    TokenExpired,
    RefreshTokenReused,
    EmailVerifiedAlready,
    MailedTokenInvalid,
    MailNotConfigured,
    SecondFactorExists,
    SecondFactorNotBegun,
    SecondFactorRequired,
    WrongCode,
    WrongPassword,
    UserNotFound,
    IdempotencyKeyReused,
    TokenWithdrawn,
    AccountInUse,
    AccountLocked,
    ApiKeyNotFound,
    OwnAccount,
    LastAdministrator,
    OnlyAdministratorMay,
  ],
});

export {
  ChangePassword,
  ConfirmRegistration,
  RegistrationPendingView,
  RequestEmailVerification,
  RequestPasswordReset,
  ResetPassword,
  VerifyEmail,
} from './credentials.js';
export {
  BeginTotp,
  ConfirmTotp,
  GetSecondFactor,
  RecoveryCodesView,
  RemoveTotp,
  ReplaceRecoveryCodes,
  SecondFactorView,
  TotpConfirmedView,
  TotpSetupView,
} from './second-factor.js';
export { AccountDeleted, DeleteAccount } from './account-deletion.js';
export { accessTokenExpiry, accessTokenSession } from './access-token-claims.js';
export { IssueAgentToken, RevokeAgentToken } from './agent-tokens.js';
export {
  API_KEY_SCOPES,
  type ApiKeyScope,
  ApiKeyView,
  CreateApiKey,
  CreatedApiKeyView,
  DEFAULT_API_KEY_DAYS,
  ListApiKeys,
  RevokeApiKey,
} from './api-keys.js';
export { GatewayAudited } from './audited.js';
export { Authenticate } from './authenticate.js';
export { ClaimedKeyView, ClaimIdempotencyKey } from './claim-idempotency-key.js';
export {
  AccountInUse,
  AccountLocked,
  ApiKeyNotFound,
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
  SessionNotFound,
  TokenExpired,
  TokenWithdrawn,
  TooManyAttempts,
  EmailVerifiedAlready,
  MailedTokenInvalid,
  MailNotConfigured,
  SecondFactorExists,
  SecondFactorNotBegun,
  SecondFactorRequired,
  WrongCode,
  WrongPassword,
  UserNotFound,
  WrongCredentials,
} from './errors.js';
export { clientNameOf } from './client-name.js';
export { Register } from './register.js';
export { SessionsEnded, SessionWithdrawn } from './session-events.js';
export { EndSession, ListSessions, OpenSessionView } from './sessions.js';
export {
  BeginLogin,
  BeginMailedToken,
  LoginChallengeView,
  MailedTokenView,
  RotateRefreshToken,
  RotationView,
  SecondFactorOutcomeView,
  SpendSecondFactor,
} from './sign-in-steps.js';
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
export {
  AgentTokenView,
  GatewaySummaryView,
  PrincipalView,
  SessionView,
  SIGN_IN_METHODS,
  type SignInMethod,
  UserView,
} from './views.js';
