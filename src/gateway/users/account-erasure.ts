import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { MailedToken } from '../mail/mailed-token.entity.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { SecondFactor } from '../second-factor/second-factor.entity.js';
import { KnownNetwork } from '../sessions/known-network.entity.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { Sessions } from '../sessions/sessions.js';
import { AccountChanges } from './account-changes.js';
import type { User } from './user.entity.js';

/** Deletes a user's personal data from the gateway, inside the calling handler's unit of work. */
@Injectable()
export class AccountErasure {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    @InjectRepository(SecondFactor, 'gateway') private readonly factors: Repository<SecondFactor>,
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    @InjectRepository(KnownNetwork, 'gateway') private readonly networks: Repository<KnownNetwork>,
    @InjectRepository(MailedToken, 'gateway') private readonly mailed: Repository<MailedToken>,
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    private readonly sessions: Sessions,
    private readonly accounts: AccountChanges,
  ) {}

  async erase(user: User, now: Date): Promise<void> {
    const { id: userId, email } = user;
    await this.sessions.endAllOf(userId);
    await this.tokens.update({ userId }, { origin: null, client: null });
    await this.keys.update({ ownerId: userId, revokedAt: IsNull() }, { revokedAt: now });
    await this.factors.delete({ userId });
    await this.passkeys.delete({ userId });
    await this.networks.delete({ userId });
    await this.mailed.delete({ email });
    await this.accounts.apply(user, 'delete', () => user.erase(now));
  }
}
