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
import { FirstAdministrator } from './users/first-administrator.js';
import { GetMeHandler, GetUserHandler } from './users/get-user.js';
import { PasswordHasher } from './users/password-hasher.js';
import { RegisterHandler } from './users/register.js';

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
    GatewayMetrics,
    PasswordHasher,
    AccessTokens,
    Sessions,
    FirstAdministrator,
    ForgetThePast,
  ],
})
export class GatewayModule {}
