import { createSecretKey } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { InvalidToken, PrincipalView, TokenExpired, TokenWithdrawn } from '../contract/index.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';
import { WithdrawnTokens } from './withdrawn-tokens.js';

/** A signature that was found good stays good: a caller's next requests need no second look at it. */
const REMEMBERED_TOKENS = 10_000;

interface Claims {
  readonly sub: string;
  readonly roles: readonly string[];
  /** Of the user's credentials when it was issued; the first have none. */
  readonly ver?: number;
  /** Seconds since the epoch. */
  readonly exp: number;
}

/** Signed statements of who the caller is, checked without a database. */
@Injectable()
export class AccessTokens {
  private readonly jwt: JwtService;
  private readonly verified = new Map<string, Claims>();

  constructor(
    config: AppConfig,
    private readonly withdrawn: WithdrawnTokens,
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

  /** @param version of the subject's credentials */
  issue(subject: string, roles: readonly string[], version: number): string {
    const iat = this.nowSeconds();
    return this.jwt.sign({ sub: subject, roles, ver: version, iat, exp: iat + ACCESS_TOKEN_SECONDS });
  }

  /** @throws InvalidToken, TokenExpired, TokenWithdrawn */
  verify(token: string): PrincipalView {
    const now = this.nowSeconds();
    const { sub, roles, ver = 0, exp } = this.verified.get(token) ?? this.claimsOf(token, now);
    if (!(exp > now)) throw new TokenExpired();
    if (this.withdrawn.includes(sub, ver)) throw new TokenWithdrawn();
    return PrincipalView.of({ subject: sub, roles: [...roles], scopes: [] });
  }

  private claimsOf(token: string, now: number): Claims {
    try {
      const claims = this.jwt.verify<Claims>(token, { clockTimestamp: now });
      // The first to come in is the first to go: a caller who comes again is verified again.
      if (this.verified.size >= REMEMBERED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
      this.verified.set(token, claims);
      return claims;
    } catch (error) {
      throw (error as Error).name === 'TokenExpiredError' ? new TokenExpired() : new InvalidToken();
    }
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
