import { ModulithModule } from '@aitbc/modulith';
import { Module } from '@nestjs/common';
import { IssueAgentTokenHandler, RevokeAgentTokenHandler } from './api-keys/agent-tokens.js';
import { AuthenticateHandler } from './authenticate.js';
import { gatewayContract } from './contract/index.js';
import { gatewayDatabase } from './database.js';
import { ForgetThePast } from './forget-the-past.js';
import { GatewayMetrics } from './gateway-metrics.js';
import { GetGatewaySummaryHandler } from './get-gateway-summary.js';
import { ClaimIdempotencyKeyHandler } from './idempotency/claim-idempotency-key.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { BeginLoginHandler } from './sessions/begin-login.js';
import { LoginHandler } from './sessions/login.js';
import { LogoutHandler } from './sessions/logout.js';
import { RefreshHandler } from './sessions/refresh.js';
import { RotateRefreshTokenHandler } from './sessions/rotate-refresh-token.js';
import { Sessions } from './sessions/sessions.js';
import { RememberWithdrawnTokens, WithdrawnTokens } from './sessions/withdrawn-tokens.js';
import { AccountChanges } from './users/account-changes.js';
import { Administrators } from './users/administrators.js';
import { FirstAdministrator } from './users/first-administrator.js';
import { GetAccountHandler } from './users/get-account.js';
import { GetMeHandler, GetUserHandler } from './users/get-user.js';
import { LockUserHandler } from './users/lock-user.js';
import { PasswordHasher } from './users/password-hasher.js';
import { RegisterHandler } from './users/register.js';
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
  AccountChanges,
  Administrators,
];

@Module({
  imports: [ModulithModule.forModule(gatewayContract, gatewayDatabase)],
  providers: [
    RegisterHandler,
    GetMeHandler,
    GetUserHandler,
    BeginLoginHandler,
    LoginHandler,
    RotateRefreshTokenHandler,
    RefreshHandler,
    LogoutHandler,
    AuthenticateHandler,
    IssueAgentTokenHandler,
    RevokeAgentTokenHandler,
    ClaimIdempotencyKeyHandler,
    GetGatewaySummaryHandler,
    ...userAdministration,
    PasswordHasher,
    WithdrawnTokens,
    RememberWithdrawnTokens,
    AccessTokens,
    Sessions,
    FirstAdministrator,
    ForgetThePast,
    GatewayMetrics,
  ],
})
export class GatewayModule {}
