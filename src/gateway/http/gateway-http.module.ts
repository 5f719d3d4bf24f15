import { RateWindowsModule } from '@aitbc/platform';
import { Module } from '@nestjs/common';
import { AccountExportController } from './account-export.controller.js';
import { ApiKeysController } from './api-keys.controller.js';
import { AuthController } from './auth.controller.js';
import { CredentialsController } from './credentials.controller.js';
import { Gatekeeper, PERMISSIONS } from './gatekeeper.js';
import { HomeController } from './home.controller.js';
import { LimitsController } from './limits.controller.js';
import { MaintenanceMode } from './maintenance-mode.js';
import { PasskeysController } from './passkeys.controller.js';
import { PermissionCheck } from './permission-check.js';
import { permissions } from './permissions.js';
import { RateLimits } from './rate-limits.js';
import { RequestContext } from './request-context.js';
import { SecondFactorController } from './second-factor.controller.js';
import { UsersController } from './users.controller.js';

/** The gateway's own routes, and the request pipeline for all routes. */
@Module({
  imports: [RateWindowsModule],
  controllers: [
    HomeController,
    AuthController,
    CredentialsController,
    SecondFactorController,
    PasskeysController,
    ApiKeysController,
    AccountExportController,
    UsersController,
    LimitsController,
  ],
  providers: [
    { provide: PERMISSIONS, useValue: permissions },
    RateLimits,
    MaintenanceMode,
    PermissionCheck,
    Gatekeeper,
    RequestContext,
  ],
})
export class GatewayHttpModule {}
