import { instant } from '@aitbc/platform';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

const DAY_MS = 24 * 60 * 60 * 1000;
export const REFRESH_TOKEN_DAYS = 30;

/**
 * A refresh token, of which only the hash is known. It is replaced when it is used; all that descend from one sign-in
 * are a family and fall together.
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

  @Column({ name: 'revoked_at', type: 'bigint', nullable: true, transformer: instant })
  revokedAt: Date | null;

  static issue(tokenHash: string, familyId: string, userId: string, now: Date): RefreshToken {
    const expiresAt = new Date(now.getTime() + REFRESH_TOKEN_DAYS * DAY_MS);
    return Object.assign(new RefreshToken(), {
      tokenHash,
      familyId,
      userId,
      expiresAt,
      replacedAt: null,
      revokedAt: null,
    });
  }

  /** A token that was replaced and comes again: either copy may be a thief's. */
  get wasUsed(): boolean {
    return this.replacedAt !== null;
  }

  isOver(now: Date): boolean {
    return this.revokedAt !== null || this.expiresAt <= now;
  }

  replaceBy(successorHash: string, now: Date): RefreshToken {
    this.replacedAt = now;
    return RefreshToken.issue(successorHash, this.familyId, this.userId, now);
  }
}
