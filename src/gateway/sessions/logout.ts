import { requirePrincipal } from '@aitbc/modulith';
import { Clock } from '@aitbc/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Logout } from '../contract/index.js';
import { tokenHash } from '../tokens.js';
import { RefreshToken } from './refresh-token.entity.js';

@CommandHandler(Logout)
export class LogoutHandler implements ICommandHandler<Logout> {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly tokens: Repository<RefreshToken>,
    private readonly clock: Clock,
  ) {}

  async execute({ refreshToken }: Logout): Promise<void> {
    const sessions = refreshToken === undefined ? ofCaller() : await this.familyOf(refreshToken);
    if (sessions) await this.tokens.update({ ...sessions, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }

  /** Undefined for a token that nobody issued: the caller wanted it worthless, and it is. */
  private async familyOf(refreshToken: string) {
    const token = await this.tokens.findOneBy({ tokenHash: tokenHash(refreshToken) });
    return token ? { familyId: token.familyId } : undefined;
  }
}

const ofCaller = () => ({ userId: requirePrincipal().subject });
