import { instant, jsonColumn } from '@aitbc/platform';
import { Column, Entity, Index, IsNull, MoreThan, PrimaryColumn } from 'typeorm';
import { ApiKeyView, PrincipalView } from '../contract/index.js';

const DAY_MS = 24 * 60 * 60 * 1000;
export const API_KEY_DAYS = 365;

/** The prefix of every API key, which distinguishes it from an access token and lets secret scanners find it. */
export const API_KEY_PREFIX = 'aitbc_';

/** Enough to recognize a key, too little to help guess it. */
const HINT_LENGTH = API_KEY_PREFIX.length + 4;

interface NewUserKey {
  readonly id: string;
  readonly token: string;
  readonly keyHash: string;
  readonly userId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  readonly days: number;
}

/** A long-lived credential for a program or agent. Only its hash is stored. */
@Entity('gateway_api_keys')
export class ApiKey {
  /** SHA-256 of the key, in hex. */
  @PrimaryColumn({ name: 'key_hash', type: 'varchar', length: 64 })
  keyHash: string;

  /** Users' keys only: identifies the key to its owner. */
  @Index('gateway_api_keys_id')
  @Column({ type: 'varchar', length: 36, nullable: true })
  id: string | null = null;

  /** The first characters of a user's key. */
  @Column({ type: 'varchar', length: 16, nullable: true })
  hint: string | null = null;

  /** The key's principal: an agent, or the owner. */
  @Index('gateway_api_keys_subject')
  @Column({ type: 'varchar', length: 36 })
  subject: string;

  @Index('gateway_api_keys_owner')
  @Column({ name: 'owner_id', type: 'varchar', length: 36 })
  ownerId: string;

  @Column({ type: 'varchar', length: 100 })
  name: string;

  @Column({ type: 'text', transformer: jsonColumn })
  scopes: string[];

  @Column({ name: 'created_at', type: 'bigint', transformer: instant })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'bigint', transformer: instant })
  expiresAt: Date;

  @Column({ name: 'revoked_at', type: 'bigint', nullable: true, transformer: instant })
  revokedAt: Date | null;

  @Column({ name: 'last_used_at', type: 'bigint', nullable: true, transformer: instant })
  lastUsedAt: Date | null = null;

  static forUser({ id, token, keyHash, userId, name, scopes, days }: NewUserKey, now: Date): ApiKey {
    return Object.assign(new ApiKey(), {
      id,
      hint: token.slice(0, HINT_LENGTH),
      keyHash,
      subject: userId,
      ownerId: userId,
      name,
      scopes: [...scopes],
      createdAt: now,
      expiresAt: new Date(now.getTime() + days * DAY_MS),
      revokedAt: null,
    });
  }

  static forAgent(keyHash: string, agentId: string, ownerId: string, name: string, now: Date): ApiKey {
    return Object.assign(new ApiKey(), {
      keyHash,
      subject: agentId,
      ownerId,
      name,
      scopes: ['agent'],
      createdAt: now,
      expiresAt: new Date(now.getTime() + API_KEY_DAYS * DAY_MS),
      revokedAt: null,
    });
  }

  isRevoked(): boolean {
    return this.revokedAt !== null;
  }

  isExpired(now: Date): boolean {
    return this.expiresAt <= now;
  }

  toPrincipal(): PrincipalView {
    const roles = this.isOfUser ? ['user'] : [];
    return PrincipalView.of({ subject: this.subject, roles, scopes: [...this.scopes] });
  }

  private get isOfUser(): boolean {
    return this.subject === this.ownerId;
  }

  toView(): ApiKeyView {
    const { id, name, hint, scopes, createdAt, expiresAt, lastUsedAt } = this;
    return ApiKeyView.of({ id: id!, name, hint: hint!, scopes: [...scopes], createdAt, expiresAt, lastUsedAt });
  }
}

/** A user's own keys that are still valid. */
export function usableKeysOf(userId: string, now: Date) {
  return { ownerId: userId, subject: userId, revokedAt: IsNull(), expiresAt: MoreThan(now) };
}
