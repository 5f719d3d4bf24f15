import { createSecretKey } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { InvalidToken, PrincipalView, TokenExpired } from '../contract/index.js';

/** Seconds. Short, because nothing revokes an access token before it expires. */
export const ACCESS_TOKEN_SECONDS = 15 * 60;

interface Claims {
  readonly sub: string;
  readonly roles: string[];
}

/** Signed statements of who the caller is, checked without a database. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;

  constructor(
    config: AppConfig,
    private readonly clock: Clock,
  ) {
    // Given text, jsonwebtoken tries for each token whether it might be a public key, which costs half a millisecond.
    const key = createSecretKey(config.jwtSecret, 'utf8');
    this.jwt = new JwtService({
      secretOrKeyProvider: () => key,
      signOptions: { algorithm: 'HS256', issuer: 'aitbc', audience: 'aitbc-api' },
      verifyOptions: { algorithms: ['HS256'], issuer: 'aitbc', audience: 'aitbc-api' },
    });
  }

  issue(subject: string, roles: readonly string[]): string {
    const iat = this.nowSeconds();
    return this.jwt.sign({ sub: subject, roles, iat, exp: iat + ACCESS_TOKEN_SECONDS });
  }

  /** @throws InvalidToken, TokenExpired */
  verify(token: string): PrincipalView {
    try {
      const { sub, roles } = this.jwt.verify<Claims>(token, { clockTimestamp: this.nowSeconds() });
      return PrincipalView.of({ subject: sub, roles, scopes: [] });
    } catch (error) {
      throw (error as Error).name === 'TokenExpiredError' ? new TokenExpired() : new InvalidToken();
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
