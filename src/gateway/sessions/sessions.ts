import { Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { SessionView, type UserView } from '../contract/index.js';
import { newToken, tokenHash } from '../tokens.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
import { RefreshToken } from './refresh-token.entity.js';

/** Opens sessions, inside the unit of work of the handler that calls. */
@Injectable()
export class Sessions {
  constructor(
    @InjectRepository(RefreshToken, 'gateway') private readonly refreshTokens: Repository<RefreshToken>,
    private readonly accessTokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /** Starts a family of refresh tokens for a user who has just proved who they are. */
  async open(user: UserView): Promise<SessionView> {
    const refreshToken = newToken();
    await this.refreshTokens.insert(RefreshToken.issue(tokenHash(refreshToken), uuidv7(), user.id, this.clock.now()));
    return this.describe(user, refreshToken);
  }

  describe(user: UserView, refreshToken: string): SessionView {
    const accessToken = this.accessTokens.issue(user.id, user.roles);
    return SessionView.of({ user, accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS });
  }
}
