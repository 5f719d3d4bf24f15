import { createSecretKey } from 'node:crypto';
import { AppConfig, Clock } from '@aitbc/platform';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { isUUID } from 'class-validator';
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
  /** The session; the first tokens have none. */
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

/** Signed statements of who the caller is, checked without a database. */
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
    // The first to come in is the first to go: a caller who comes again is verified again.
    if (this.verified.size >= REMEMBERED_TOKENS) this.verified.delete(this.verified.keys().next().value!);
    this.verified.set(token, claims);
    return claims;
  }

  private verifiedClaims(token: string, now: number): unknown {
    for (const signer of this.signers) {
      try {
        return signer.verify(token, { clockTimestamp: now });
      } catch (error) {
        // Of what another key signed nothing is said but that.
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
  // Given text, jsonwebtoken tries for each token whether it might be a public key, which costs half a millisecond.
  const key = createSecretKey(secret, 'utf8');
  return new JwtService({
    secretOrKeyProvider: () => key,
    signOptions: { algorithm: 'HS256', issuer: 'aitbc', audience: 'aitbc-api' },
    verifyOptions: { algorithms: ['HS256'], issuer: 'aitbc', audience: 'aitbc-api' },
  });
}
