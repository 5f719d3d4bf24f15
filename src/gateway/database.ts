import { defineDatabase } from '@aitbc/modulith';
import { ApiKey } from './api-keys/api-key.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { CreateGateway1764000000000 } from './migrations/1764000000000-create-gateway.js';
import { LockUsers1764300100000 } from './migrations/1764300100000-lock-users.js';
import { IdentifyClaims1765101000002 } from './migrations/1765101000002-identify-claims.js';
import { NormaliseEmails1765105000001 } from './migrations/1765105000001-normalise-emails.js';
import { LoginAttempts } from './sessions/login-attempts.entity.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';
import { User } from './users/user.entity.js';

export const gatewayDatabase = defineDatabase({
  module: 'gateway',
  entities: [User, RefreshToken, LoginAttempts, ApiKey, IdempotencyKey],
  migrations: [
    CreateGateway1764000000000,
    LockUsers1764300100000,
    IdentifyClaims1765101000002,
    NormaliseEmails1765105000001,
  ],
});
