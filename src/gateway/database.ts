import { defineDatabase } from '@aitbc/modulith';
import { ApiKey } from './api-keys/api-key.entity.js';
import { IdempotencyKey } from './idempotency/idempotency-key.entity.js';
import { MailedToken } from './mail/mailed-token.entity.js';
import { CreateGateway1764000000000 } from './migrations/1764000000000-create-gateway.js';
import { LockUsers1764300100000 } from './migrations/1764300100000-lock-users.js';
import { IdentifyClaims1765101000002 } from './migrations/1765101000002-identify-claims.js';
import { NormaliseEmails1765105000001 } from './migrations/1765105000001-normalise-emails.js';
import { KnowNetworks1765106000001 } from './migrations/1765106000001-know-networks.js';
import { DescribeSessions1765106000002 } from './migrations/1765106000002-describe-sessions.js';
import { MailTokens1765106000003 } from './migrations/1765106000003-mail-tokens.js';
import { SecondFactors1765106000004 } from './migrations/1765106000004-second-factors.js';
import { UserApiKeys1765106000005 } from './migrations/1765106000005-user-api-keys.js';
import { DeleteAccounts1765106000006 } from './migrations/1765106000006-delete-accounts.js';
import { Passkeys1765109000001 } from './migrations/1765109000001-passkeys.js';
import { Passkey } from './passkeys/passkey.entity.js';
import { SpentChallenge } from './passkeys/spent-challenge.entity.js';
import { SecondFactor } from './second-factor/second-factor.entity.js';
import { KnownNetwork } from './sessions/known-network.entity.js';
import { LoginAttempts } from './sessions/login-attempts.entity.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';
import { User } from './users/user.entity.js';

export const gatewayDatabase = defineDatabase({
  module: 'gateway',
  entities: [
    User,
    RefreshToken,
    LoginAttempts,
    KnownNetwork,
    MailedToken,
    SecondFactor,
    Passkey,
    SpentChallenge,
    ApiKey,
    IdempotencyKey,
  ],
  migrations: [
    CreateGateway1764000000000,
    LockUsers1764300100000,
    IdentifyClaims1765101000002,
    NormaliseEmails1765105000001,
    KnowNetworks1765106000001,
    DescribeSessions1765106000002,
    MailTokens1765106000003,
    SecondFactors1765106000004,
    UserApiKeys1765106000005,
    DeleteAccounts1765106000006,
    Passkeys1765109000001,
  ],
});
