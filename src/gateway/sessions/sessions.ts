import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SessionView, type UserView } from '../contract/index.js';
import { newToken, tokenHash } from '../tokens.js';
import { toUserView, type User } from '../users/user.entity.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';
import { AccessTokens } from './access-tokens.js';
import { RefreshToken } from './refresh-token.entity.js';

/** Opens and ends sessions, inside the unit of work of the handler that calls. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly refreshTokens: Repository<RefreshToken>,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** Starts a family of refresh tokens for a user who has just proved who they are. */
  async open(user: User): Promise<SessionView> {
    const refreshToken = newToken();
    await this.refreshTokens.insert(RefreshToken.issue(tokenHash(refreshToken), uuidv7(), user.id, this.clock.now()));
    return this.describe(toUserView(user), user.credentialsVersion, refreshToken);
  }

  async endAllOf(userId: string): Promise<void> {
    await this.refreshTokens.update({ userId, revokedAt: IsNull() }, { revokedAt: this.clock.now() });
  }

  /** @param version of the user's credentials */
  describe(user: UserView, version: number, refreshToken: string): SessionView {
    const accessToken = this.accessTokens.issue(user.id, user.roles, version);
    return SessionView.of({ user, accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS });
  }
}
