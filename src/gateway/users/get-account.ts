import { Forbidden, requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { AccountDetailsView, GetAccount, UserNotFound } from '../contract/index.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { RefreshToken } from '../sessions/refresh-token.entity.js';
import { isOperator } from './account-changes.js';
import { toAccountView, User } from './user.entity.js';

@QueryHandler(GetAccount)
export class GetAccountHandler implements IQueryHandler<GetAccount> {
  constructor(
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    @InjectRepository(Passkey, 'gateway') private readonly passkeys: Repository<Passkey>,
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly clock: Clock,
  ) {}

  async execute({ userId }: GetAccount): Promise<AccountDetailsView> {
    if (!isOperator(requirePrincipal())) throw new Forbidden();
    const user = await this.users.findOneBy({ id: userId });
    if (!user) throw new UserNotFound();
    const live = { expiresAt: MoreThan(this.clock.now()), revokedAt: IsNull() };
    return AccountDetailsView.of({
      ...toAccountView(user),
      openSessions: await this.tokens.countBy({ ...live, userId, replacedAt: IsNull() }),
      passkeys: await this.passkeys.countBy({ userId }),
      activeApiKeys: await this.keys.countBy({ ...live, ownerId: userId }),
    });
  }
}
