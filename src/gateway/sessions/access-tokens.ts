import { createSecretKey } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { isUUID } from 'class-validator';
import { InvalidToken, PrincipalView, TokenExpired, TokenWithdrawn } from '../contract/index.js';
import { ACCESS_TOKEN_SECONDS } from './access-token-life.js';
import { WithdrawnTokens } from './withdrawn-tokens.js';

/** Verified signatures are cached: a caller's later requests need no second verification. */
const REMEMBERED_TOKENS = 10_000;

interface Claims {
  readonly sub: string;
  readonly roles: readonly string[];
  /** The version of the user's credentials at issue; absent in the first releases' tokens. */
  readonly ver?: number;
  /** The session; absent in the first releases' tokens. */
  readonly sid?: string;
  /** Seconds since the epoch. */
  readonly exp: number;
}

function areClaims(claims: unknown): claims is Claims {
  if (typeof claims !== 'object' || claims === null) return false;
  const { sub, roles, ver, sid, exp } = claims as Partial<Record<keyof Claims, unknown>>;
  return (
    isUUID(sub) &&
    Array.isArray(roles) &&
    roles.every((role) => typeof role === 'string') &&
    (ver === undefined || Number.isSafeInteger(ver)) &&
    (sid === undefined || isUUID(sid)) &&
    Number.isSafeInteger(exp)
  );
}

/** Signed tokens of the caller's identity, verified without the database. */
@Injectable()
export class AccessTokens {
  /** The first signs; all verify. */
  private readonly signers: readonly JwtService[];
  private readonly verified = new Map<string, Claims>();

  constructor(
    config: AppConfig,
    private readonly withdrawn: WithdrawnTokens,
    private readonly clock: Clock,
  ) {
    this.signers = config.jwtSecrets.map(signerOf);
  }

  /** @param version of the subject's credentials */
  issue(subject: string, roles: readonly string[], session: { version: number; sessionId: string }): string {
    const { version: ver, sessionId: sid } = session;
    const iat = this.nowSeconds();
    return this.signers[0]!.sign({ sub: subject, roles, ver, sid, iat, exp: iat + ACCESS_TOKEN_SECONDS });
  }

  /** @throws InvalidToken, TokenExpired, TokenWithdrawn */
  verify(token: string): PrincipalView {
    const now = this.nowSeconds();
    const { sub, roles, ver = 0, sid, exp } = this.verified.get(token) ?? this.claimsOf(token, now);
    if (!(exp > now)) throw new TokenExpired();
    if (this.withdrawn.includes(sub, ver, sid)) throw new TokenWithdrawn();
    return PrincipalView.of({ subject: sub, roles: [...roles], scopes: [] });
  }

  private claimsOf(token: string, now: number): Claims {
    const claims = this.verifiedClaims(token, now);
    if (!areClaims(claims)) throw new InvalidToken();
    // FIFO eviction: an evicted token is verified again on its next use.
    if (this.verified.size >= REMEMBERED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, claims);
    return claims;
  }

  private verifiedClaims(token: string, now: number): unknown {
    for (const signer of this.signers) {
      try {
        return signer.verify(token, { clockTimestamp: now });
      } catch (error) {
        // A token signed with another key yields only that error.
        if ((error as Error).name === 'TokenExpiredError') throw new TokenExpired();
      }
    }
    throw new InvalidToken();
  }

  private nowSeconds(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

function signerOf(secret: string): JwtService {
  // Given a string, jsonwebtoken tries for each token whether it is a public key, which costs half a millisecond.
  const key = createSecretKey(secret, 'utf8');
  return new JwtService({
    secretOrKeyProvider: () => key,
    signOptions: { algorithm: 'HS256', issuer: 'aitbc', audience: 'aitbc-api' },
    verifyOptions: { algorithms: ['HS256'], issuer: 'aitbc', audience: 'aitbc-api' },
  });
}
