import { instant } from '@aitbc/platform';
import type { SignInMethod } from '../contract/index.js';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const DAY_MS = 24 * 60 * 60 * 1000;
export const REFRESH_TOKEN_DAYS = 30;

/** The program and the address that a session is used from. */
export interface SessionUse {
  readonly origin: string | null;
  readonly client: string | null;
  readonly at: Date;
}

/**
 * A refresh token, stored as its hash only. Each use replaces it; all tokens that descend from one sign-in form a
 * family, which is a session, and are revoked together.
 */
@Entity('gateway_refresh_tokens')
export class RefreshToken {
  /** SHA-256 of the token, in hex. */
  @PrimaryColumn({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash: string;

  @Index('gateway_refresh_tokens_family')
  @Column({ name: 'family_id', type: 'varchar', length: 36 })
  familyId: string;

  @Index('gateway_refresh_tokens_user')
  @Column({ name: 'user_id', type: 'varchar', length: 36 })
  userId: string;

  @Index('gateway_refresh_tokens_expires_at')
  @Column({ name: 'expires_at', type: 'bigint', transformer: instant })
  expiresAt: Date;

  @Column({ name: 'replaced_at', type: 'bigint', nullable: true, transformer: instant })
  replacedAt: Date | null;

  @Index('gateway_refresh_tokens_revoked_at')
  @Column({ name: 'revoked_at', type: 'bigint', nullable: true, transformer: instant })
  revokedAt: Date | null;

  /** Of the first token in the family. Null, like the following fields, in tokens issued before it was recorded. */
  @Column({ name: 'signed_in_at', type: 'bigint', nullable: true, transformer: instant })
  signedInAt: Date | null;

  @Column({ name: 'issued_at', type: 'bigint', nullable: true, transformer: instant })
  issuedAt: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  origin: string | null;

  @Column({ type: 'varchar', length: 200, nullable: true })
  client: string | null;

  /** How the session was opened. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  method: SignInMethod | null;

  static issue(
    tokenHash: string,
    family: Pick<RefreshToken, 'familyId' | 'userId' | 'signedInAt' | 'method'>,
    { origin, client, at }: SessionUse,
  ): RefreshToken {
    const { familyId, userId, signedInAt, method } = family;
    const expiresAt = new Date(at.getTime() + REFRESH_TOKEN_DAYS * DAY_MS);
    const ends = { expiresAt, replacedAt: null, revokedAt: null };
    return Object.assign(new RefreshToken(), {
      tokenHash,
      familyId,
      userId,
      signedInAt,
      method,
      ...ends,
      issuedAt: at,
      origin,
      client,
    });
  }

  /** Whether it was already replaced: on reuse, either copy may be a thief's. */
  get wasUsed(): boolean {
    return this.replacedAt !== null;
  }

  isOver(now: Date): boolean {
    return this.revokedAt !== null || this.expiresAt <= now;
  }

  replaceBy(successorHash: string, use: SessionUse): RefreshToken {
    this.replacedAt = use.at;
    return RefreshToken.issue(successorHash, this, use);
  }
}
