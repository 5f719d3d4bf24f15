import { ModulithModule } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { IssueAgentTokenHandler, RevokeAgentTokenHandler } from './api-keys/agent-tokens.js';
import { ApiKeyUses } from './api-keys/api-key-uses.js';
import { CreateApiKeyHandler } from './api-keys/create-api-key.js';
import { ListApiKeysHandler } from './api-keys/list-api-keys.js';
import { RevokeApiKeyHandler } from './api-keys/revoke-api-key.js';
import { AuthenticateHandler } from './authenticate.js';
import { gatewayContract } from './contract/index.js';
import { gatewayDatabase } from './database.js';
import { ForgetThePast } from './forget-the-past.js';
import { GatewayMetrics } from './gateway-metrics.js';
import { GetGatewaySummaryHandler } from './get-gateway-summary.js';
import { ClaimIdempotencyKeyHandler } from './idempotency/claim-idempotency-key.js';
import { BeginTotpHandler } from './second-factor/begin-totp.js';
import { ConfirmTotpHandler } from './second-factor/confirm-totp.js';
import { GetSecondFactorHandler } from './second-factor/get-second-factor.js';
import { RemoveTotpHandler } from './second-factor/remove-totp.js';
import { ReplaceRecoveryCodesHandler } from './second-factor/replace-recovery-codes.js';
import { AddPasskeyHandler } from './passkeys/add-passkey.js';
import { BeginPasskeyHandler } from './passkeys/begin-passkey.js';
import { FindPasskeyKeyHandler } from './passkeys/find-passkey-key.js';
import { GetPasskeyRequestHandler } from './passkeys/get-passkey-request.js';
import { ListPasskeysHandler } from './passkeys/list-passkeys.js';
import { PasskeyChallenges } from './passkeys/passkey-challenges.js';
import { PasskeyNotices } from './passkeys/passkey-notices.js';
import { PasskeyProof } from './passkeys/passkey-proof.js';
import { PasskeySignIn } from './passkeys/passkey-sign-in.js';
import { RelyingParty } from './passkeys/relying-party.js';
import { RemovePasskeyHandler } from './passkeys/remove-passkey.js';
import { RenamePasskeyHandler } from './passkeys/rename-passkey.js';
import { SignInWithPasskeyHandler } from './passkeys/sign-in-with-passkey.js';
import { SecondFactorCheck } from './second-factor/second-factor-check.js';
import { SpendSecondFactorHandler } from './second-factor/spend-second-factor.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { BeginLoginHandler } from './sessions/begin-login.js';
import { LoginThrottle } from './sessions/login-throttle.js';
import { LoginHandler } from './sessions/login.js';
import { EndSessionHandler } from './sessions/end-session.js';
import { ListSessionsHandler } from './sessions/list-sessions.js';
import { LogoutHandler } from './sessions/logout.js';
import { RefreshHandler } from './sessions/refresh.js';
import { RotateRefreshTokenHandler } from './sessions/rotate-refresh-token.js';
import { Sessions } from './sessions/sessions.js';
import { RememberWithdrawnSessions, RememberWithdrawnTokens, WithdrawnTokens } from './sessions/withdrawn-tokens.js';
import { AccountChanges } from './users/account-changes.js';
import { AccountBelongings } from './users/account-belongings.js';
import { AccountErasure } from './users/account-erasure.js';
import { DeleteAccountHandler } from './users/delete-account.js';
import { Administrators } from './users/administrators.js';
import { FirstAdministrator } from './users/first-administrator.js';
import { GetAccountHandler } from './users/get-account.js';
import { GetMeHandler, GetUserHandler } from './users/get-user.js';
import { LockUserHandler } from './users/lock-user.js';
import { GatewayKeys } from './gateway-keys.js';
import { AccountMails } from './mail/account-mails.js';
import { BeginMailedTokenHandler } from './mail/begin-mailed-token.js';
import { RequestEmailVerificationHandler } from './mail/request-email-verification.js';
import { SendMails } from './mail/send-mails.js';
import { VerifyEmailHandler } from './mail/verify-email.js';
import { ChangePasswordHandler } from './passwords/change-password.js';
import { PasswordConfirmation } from './passwords/password-confirmation.js';
import { PasswordReplacement } from './passwords/password-replacement.js';
import { RequestPasswordResetHandler } from './passwords/request-password-reset.js';
import { ResetPasswordHandler } from './passwords/reset-password.js';
import { ConfirmRegistrationHandler } from './users/confirm-registration.js';
import { Registrations } from './users/registrations.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { RegisterHandler } from './users/register.js';
import { RemoveSecondFactorHandler } from './users/remove-second-factor.js';
import { SearchUsersHandler } from './users/search-users.js';
import { SetUserRolesHandler } from './users/set-user-roles.js';
import { SignOutUserHandler } from './users/sign-out-user.js';
import { UnlockUserHandler } from './users/unlock-user.js';

const userAdministration = [
  SearchUsersHandler,
  GetAccountHandler,
  SetUserRolesHandler,
  LockUserHandler,
  UnlockUserHandler,
  SignOutUserHandler,
  RemoveSecondFactorHandler,
  AccountChanges,
  Administrators,
];

const passwords = [
  PasswordHasher,
  PasswordConfirmation,
  PasswordReplacement,
  ChangePasswordHandler,
  RequestPasswordResetHandler,
  ResetPasswordHandler,
];
const secondFactor = [
  SecondFactorCheck,
  SpendSecondFactorHandler,
  GetSecondFactorHandler,
  BeginTotpHandler,
  ConfirmTotpHandler,
  RemoveTotpHandler,
  ReplaceRecoveryCodesHandler,
];
const passkeys = [
  RelyingParty,
  PasskeyChallenges,
  PasskeyNotices,
  PasskeyProof,
  PasskeySignIn,
  BeginPasskeyHandler,
  AddPasskeyHandler,
  ListPasskeysHandler,
  RenamePasskeyHandler,
  RemovePasskeyHandler,
  FindPasskeyKeyHandler,
  GetPasskeyRequestHandler,
  SignInWithPasskeyHandler,
];
const mail = [AccountMails, SendMails, BeginMailedTokenHandler, RequestEmailVerificationHandler, VerifyEmailHandler];

@Module({
  imports: [ModulithModule.forModule(gatewayContract, gatewayDatabase)],
  providers: [
    RegisterHandler,
    ConfirmRegistrationHandler,
    DeleteAccountHandler,
    AccountBelongings,
    AccountErasure,
    Registrations,
    GetMeHandler,
    GetUserHandler,
    BeginLoginHandler,
    LoginHandler,
    LoginThrottle,
    RotateRefreshTokenHandler,
    RefreshHandler,
    LogoutHandler,
    ListSessionsHandler,
    EndSessionHandler,
    AuthenticateHandler,
    IssueAgentTokenHandler,
    RevokeAgentTokenHandler,
    CreateApiKeyHandler,
    ListApiKeysHandler,
    RevokeApiKeyHandler,
    ApiKeyUses,
    ClaimIdempotencyKeyHandler,
    GetGatewaySummaryHandler,
    ...userAdministration,
    ...passwords,
    ...mail,
    ...secondFactor,
    ...passkeys,
    GatewayKeys,
    WithdrawnTokens,
    RememberWithdrawnTokens,
    RememberWithdrawnSessions,
    AccessTokens,
    Sessions,
    FirstAdministrator,
    ForgetThePast,
    GatewayMetrics,
  ],
})
export class GatewayModule {}
