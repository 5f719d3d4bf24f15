import { Clock } from '@aitbc/platform';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { API_KEY_PREFIX, ApiKey } from './api-keys/api-key.entity.js';
import { Authenticate, InvalidToken, type PrincipalView, TokenExpired } from './contract/index.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { tokenHash } from './tokens.js';

@QueryHandler(Authenticate)
export class AuthenticateHandler implements IQueryHandler<Authenticate> {
  constructor(
    @InjectRepository(ApiKey, 'gateway') private readonly keys: Repository<ApiKey>,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  async execute({ credential }: Authenticate): Promise<PrincipalView> {
    if (!credential.startsWith(API_KEY_PREFIX)) return this.accessTokens.verify(credential);
    const key = await this.keys.findOneBy({ keyHash: tokenHash(credential) });
    if (!key || key.isRevoked()) throw new InvalidToken();
    if (key.isExpired(this.clock.now())) throw new TokenExpired();
    return key.toPrincipal();
  }
}
