import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { API_KEY_PREFIX, ApiKey } from './api-keys/api-key.entity.js';
import { ApiKeyUses } from './api-keys/api-key-uses.js';
import { AccountLocked, Authenticate, InvalidToken, type PrincipalView, TokenExpired } from './contract/index.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { tokenHash } from './tokens.js';
import { User } from './users/user.entity.js';

@QueryHandler(Authenticate)
export class AuthenticateHandler implements IQueryHandler<Authenticate> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    @InjectRepository(User, 'gateway') private readonly users: Repository<User>,
    private readonly uses: ApiKeyUses,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute({ credential }: Authenticate): Promise<PrincipalView> {
    if (!credential.startsWith(API_KEY_PREFIX)) return this.accessTokens.verify(credential);
    const key = await this.keys.findOneBy({ keyHash: tokenHash(credential) });
    if (!key || key.isRevoked()) throw new InvalidToken();
    if (key.isExpired(this.clock.now())) throw new TokenExpired();
    if (await this.users.existsBy({ id: key.ownerId, lockedAt: Not(IsNull()) })) throw new AccountLocked();
    this.uses.record(key.keyHash);
    return key.toPrincipal();
  }
}
